/// Tenants: the operators whose users are kept apart, and the first one that a new installation has.
/// May use `access`, `database`, `ids` and `jsonapi`.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
