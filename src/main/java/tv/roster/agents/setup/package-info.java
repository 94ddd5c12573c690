/// Links with which agents choose a password, and the one for the first administrator of an installation.
///
/// May use `agents.log`, `agents.sessions`, `agents.signin`, `agents.values`, `credentials.hashing`,
/// `credentials.strength`, `events.log`, `platform.background`, `platform.database`, `platform.problems`,
/// `platform.sql`, `users.values`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.agents.setup;

import org.jspecify.annotations.NullMarked;
