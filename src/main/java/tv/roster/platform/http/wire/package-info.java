/// HTTP on the wire: the listener, its connections, and the bytes that come and go over them.
///
/// May use `platform.eventloop`, `platform.http`, `platform.http.decoding`, `platform.http.limits`, `platform.jsonapi`
/// and `platform.problems`.
@NullMarked
package tv.roster.platform.http.wire;

import org.jspecify.annotations.NullMarked;
