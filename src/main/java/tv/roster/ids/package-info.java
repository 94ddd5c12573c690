/// The ids of resources, each with a type of its own, so that they cannot be confused. Uses nothing of ours.
@NullMarked
package tv.roster.ids;

import org.jspecify.annotations.NullMarked;
