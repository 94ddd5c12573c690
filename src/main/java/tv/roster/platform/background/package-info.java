/// Work in the background: repeated tasks, the deletion of expired rows, and how failures are retried.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.platform.background;

import org.jspecify.annotations.NullMarked;
