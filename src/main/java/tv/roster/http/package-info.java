/// The server's side of HTTP: routes, media types, request ids, and the one place that turns a refusal into an answer.
/// May use `jsonapi`; knows no feature. Nothing outside this folder sees the HTTP library.
@NullMarked
package tv.roster.http;

import org.jspecify.annotations.NullMarked;
