/// The text forms of password hashes that Roster reads, each with its limits: Argon2, which it creates, and those of
/// imported users.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.credentials.hashes;

import org.jspecify.annotations.NullMarked;
