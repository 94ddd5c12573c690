/// Signals of the operating system.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.signals;

import org.jspecify.annotations.NullMarked;
