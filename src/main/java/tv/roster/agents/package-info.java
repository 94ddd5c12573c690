/// Support agents, the people who use the console: creating, changing and deleting them.
///
/// May use `access`, `agents.log`, `agents.sessions`, `agents.setup`, `agents.values`, `calls`, `events.log`,
/// `platform.database`, `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`,
/// `users.values`, `values`, `values.domains`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.agents;

import org.jspecify.annotations.NullMarked;
