/// Users as a BSS sees them: the values they are made of, each of which checks itself.
@NullMarked
package tv.roster.users;

import org.jspecify.annotations.NullMarked;
