/// Passwords: which ones are taken, how they are kept, and whether one is right; the login check.
/// May use `access`, `database`, `events`, `http`, `ids` and `jsonapi`.
@NullMarked
package tv.roster.credentials;

import org.jspecify.annotations.NullMarked;
