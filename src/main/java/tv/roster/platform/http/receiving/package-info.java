/// What a client sends: the request line, the headers and the body, taken apart and kept within its limits.
///
/// May use `platform.http`, `platform.http.limits` and `platform.problems`.
@NullMarked
package tv.roster.platform.http.receiving;

import org.jspecify.annotations.NullMarked;
