/// The ids of things, each in a type of its own, so that one cannot be mistaken for another.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.values.ids;

import org.jspecify.annotations.NullMarked;
