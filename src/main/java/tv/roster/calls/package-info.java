/// What the calls of both APIs share: where they begin, who makes them, and the two phases of a write.
///
/// May use `access`, `access.allowlist`, `platform.http`, `platform.jsonapi`, `platform.problems`, `platform.sql`,
/// `values` and `work`.
@NullMarked
package tv.roster.calls;

import org.jspecify.annotations.NullMarked;
