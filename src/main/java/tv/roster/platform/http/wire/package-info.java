/// The listener and its connections: from a connection to the area that serves its request, and back.
///
/// May use `platform.eventloop`, `platform.http`, `platform.http.limits`, `platform.http.receiving`,
/// `platform.http.sending`, `platform.jsonapi` and `platform.problems`.
@NullMarked
package tv.roster.platform.http.wire;

import org.jspecify.annotations.NullMarked;
