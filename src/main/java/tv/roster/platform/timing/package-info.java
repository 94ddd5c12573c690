/// How often things occur and how long they take, counted without locks.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.timing;

import org.jspecify.annotations.NullMarked;
