package tv.roster.agents.provider;

import java.util.Optional;

/// Which claims of the provider say what an agent may do.
///
/// @param role   has a role, or several, of which the strongest counts
/// @param tenant has the slug of the agent's tenant, or `*` for the installation; empty if all agents are the
///               installation's
public record ClaimNames(String role, Optional<String> tenant) {}
