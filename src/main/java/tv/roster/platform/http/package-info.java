/// The server's side of HTTP: connections, routes, media types, request ids, and the one place that turns a refusal
/// into a response. Only this room uses the HTTP library. It is large because its parts are visible to each other
/// alone.
///
/// May use `platform.eventloop`, `platform.json`, `platform.jsonapi`, `platform.problems`, `values` and `values.text`.
@NullMarked
package tv.roster.platform.http;

import org.jspecify.annotations.NullMarked;
