/// The roles and states of agents, and the secrets that their browsers hold.
///
/// May use `access`, `platform.problems`, `platform.secrets` and `values.ids`.
@NullMarked
package tv.roster.agents.values;

import org.jspecify.annotations.NullMarked;
