package tv.roster.agents.provider;

import tv.roster.agents.values.SessionToken;

/// What becomes of a sign-in at the provider.
public sealed interface ProviderOutcome {
    /// The session has begun.
    ///
    /// @param next where the browser goes on to; may be empty
    record Entered(SessionToken token, String next) implements ProviderOutcome {}

    /// No session.
    record Hindrance(Obstacle obstacle) implements ProviderOutcome {}

    /// Why there is no session.
    enum Obstacle {
        /// The provider does not respond, or not as expected.
        UNAVAILABLE,
        /// The provider has refused, or the person has.
        REFUSED,
        /// The response does not belong to a sign-in that this browser has begun in the last minutes.
        EXPIRED,
        /// The role claim names no role.
        NO_ROLE,
        /// The tenant claim is missing, or there is no such tenant.
        NO_TENANT,
        /// There is no usable e-mail address.
        NO_ADDRESS,
        /// Another agent has the address, and it is not certain that this is the same person.
        ADDRESS_TAKEN,
        /// An administrator has disabled the agent.
        DISABLED
    }
}
