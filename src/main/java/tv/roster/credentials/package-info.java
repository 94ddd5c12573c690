/// Passwords: which ones are taken, how they are kept, and whether one is right. Uses `jsonapi` for refusals.
@NullMarked
package tv.roster.credentials;

import org.jspecify.annotations.NullMarked;
