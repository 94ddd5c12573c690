/// Tenants: the operators whose users are separate, and the first data of a new installation.
///
/// May use `access`, `access.ratelimit`, `calls`, `events.log`, `installation`, `platform.database`, `platform.files`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `users`, `users.values`,
/// `values`, `values.brands`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
