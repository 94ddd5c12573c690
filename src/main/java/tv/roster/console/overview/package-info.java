/// The overview for administrators: how many subscribers there are, what waits, and the calls of the last hour.
///
/// May use `access`, `agents.sessions`, `calls`, `console.pages`, `platform.database`, `platform.http`,
/// `platform.problems`, `platform.sql`, `values.ids` and `webhooks.delivery`.
@NullMarked
package tv.roster.console.overview;

import org.jspecify.annotations.NullMarked;
