/// The ids of things, each in a type of its own, so that one cannot be taken for another. Uses nothing of ours.
@NullMarked
package tv.roster.ids;

import org.jspecify.annotations.NullMarked;
