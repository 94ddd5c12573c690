/// The entries about agents in the audit.
///
/// May use `events.log`.
@NullMarked
package tv.roster.agents.log;

import org.jspecify.annotations.NullMarked;
