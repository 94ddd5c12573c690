/// Which passwords are too easy to guess.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.credentials.strength;

import org.jspecify.annotations.NullMarked;
