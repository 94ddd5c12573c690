/// What the calls of both APIs have in common: their base paths, their callers, and the two phases of a write.
///
/// May use `access`, `access.allowlist`, `platform.csv`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.problems`, `platform.sql`, `values`, `values.ids` and `work`.
@NullMarked
package tv.roster.calls;

import org.jspecify.annotations.NullMarked;
