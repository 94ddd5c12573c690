/// Tenants: the operators whose users are kept apart, and what a new installation begins with.
///
/// May use `access`, `access.ratelimit`, `events`, `installation`, `platform.database`, `platform.files`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `users`, `values`, `values.ids` and
/// `values.text`.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
