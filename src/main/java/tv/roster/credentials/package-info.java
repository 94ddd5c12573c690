/// Passwords: which ones are accepted, how they are stored, and whether one is correct; the login check.
/// May use `access`, `database`, `events`, `http`, `ids` and `jsonapi`.
@NullMarked
package tv.roster.credentials;

import org.jspecify.annotations.NullMarked;
