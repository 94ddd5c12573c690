/// How log lines are written, and the access log.
///
/// May use `platform.http`, `platform.json` and `platform.problems`.
@NullMarked
package tv.roster.platform.logging;

import org.jspecify.annotations.NullMarked;
