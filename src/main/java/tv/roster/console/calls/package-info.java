/// Calls of the public APIs that the server makes inside itself, for an agent.
///
/// May use `access`, `calls`, `platform.http`, `platform.json`, `platform.problems` and `values.text`.
@NullMarked
package tv.roster.console.calls;

import org.jspecify.annotations.NullMarked;
