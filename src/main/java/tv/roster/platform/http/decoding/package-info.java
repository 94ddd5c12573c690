/// What a client sends, taken apart: the request line, the headers, and where a body ends.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.http.decoding;

import org.jspecify.annotations.NullMarked;
