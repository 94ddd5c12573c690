/// The ids of resources, each in its own type, so that one cannot be mistaken for another.
///
/// Uses no other room.
@NullMarked
package tv.roster.values.ids;

import org.jspecify.annotations.NullMarked;
