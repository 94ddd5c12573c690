/// Profiles of users: who watches, and what is fit for them.
/// May use `access`, `database`, `http`, `ids` and `jsonapi`.
@NullMarked
package tv.roster.profiles;

import org.jspecify.annotations.NullMarked;
