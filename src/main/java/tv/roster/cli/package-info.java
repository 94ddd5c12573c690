/// The client commands. They only send HTTP requests to the admin API.
///
/// May use `access.allowlist` and `platform.problems`.
@NullMarked
package tv.roster.cli;

import org.jspecify.annotations.NullMarked;
