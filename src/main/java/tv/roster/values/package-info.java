/// Values that no feature owns: what was sent, what is expected, a position in a list.
///
/// Uses no other room.
@NullMarked
package tv.roster.values;

import org.jspecify.annotations.NullMarked;
