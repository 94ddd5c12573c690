/// Imports: files of users that are stored as they arrive, and carried out in the background by one node at a time.
///
/// May use `access`, `calls`, `credentials.hashing`, `idempotency`, `imports.file`, `platform.background`,
/// `platform.csv`, `platform.database`, `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`,
/// `platform.secrets`, `platform.sql`, `platform.timing`, `users`, `users.bulk`, `users.files`, `users.v4`, `values`,
/// `values.ids`, `values.people` and
/// `work`.
@NullMarked
package tv.roster.imports;

import org.jspecify.annotations.NullMarked;
