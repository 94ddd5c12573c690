/// How log lines are written.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.logging;

import org.jspecify.annotations.NullMarked;
