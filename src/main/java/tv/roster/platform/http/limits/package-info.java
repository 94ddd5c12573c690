/// What clients can make the server hold: connections, places and memory, in all and for one party.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.platform.http.limits;

import org.jspecify.annotations.NullMarked;
