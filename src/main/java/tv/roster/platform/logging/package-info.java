/// How log lines are written.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.logging;

import org.jspecify.annotations.NullMarked;
