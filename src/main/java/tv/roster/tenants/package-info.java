/// Tenants: the operators whose users are kept apart, and what a new installation begins with.
///
/// May use `access`, `access.ratelimit`, `calls`, `events.log`, `installation`, `platform.database`, `platform.files`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `users`, `users.values`,
/// `values`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
