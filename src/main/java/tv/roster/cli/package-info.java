/// The client commands. They are thin and speak HTTP to the admin API alone.
///
/// May use `access.allowlist` and `platform.problems`.
@NullMarked
package tv.roster.cli;

import org.jspecify.annotations.NullMarked;
