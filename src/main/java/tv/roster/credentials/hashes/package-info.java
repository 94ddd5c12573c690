/// The text forms of password hashes that Roster can read, each with its caps: Argon2, which it makes itself, and those
/// that other systems' users arrive with. Nothing here waits, counts or keeps anything.
@NullMarked
package tv.roster.credentials.hashes;

import org.jspecify.annotations.NullMarked;
