/// The client commands. They only send HTTP requests.
///
/// May use `access.allowlist`, `cli.progress`, `platform.files`, `platform.problems` and `platform.signals`.
@NullMarked
package tv.roster.cli;

import org.jspecify.annotations.NullMarked;
