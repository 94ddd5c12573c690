/// The text forms of password hashes that Roster accepts, each with limits of cost: Argon2, which Roster itself
/// creates, and those of other systems. Nothing here waits, counts or stores anything.
@NullMarked
package tv.roster.credentials.hashes;

import org.jspecify.annotations.NullMarked;
