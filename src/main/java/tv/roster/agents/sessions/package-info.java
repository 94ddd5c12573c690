/// The sessions of agents: who is signed in, for how long, and how that ends.
///
/// May use `agents.log`, `agents.values`, `events.log`, `platform.background`, `platform.database`, `platform.sql`,
/// `values.ids` and `work`.
@NullMarked
package tv.roster.agents.sessions;

import org.jspecify.annotations.NullMarked;
