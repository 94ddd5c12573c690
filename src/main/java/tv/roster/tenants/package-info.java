/// Tenants: the operators whose users are kept apart from each other.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
