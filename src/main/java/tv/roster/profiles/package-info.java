/// The profiles of a user, such as one for each member of a household; knows users only by their id.
@NullMarked
package tv.roster.profiles;

import org.jspecify.annotations.NullMarked;
