/// How the calls of tenants run, and safe retries: the response to a call with an `Idempotency-Key` is stored with the
/// change that it made.
///
/// May use `access`, `calls`, `platform.database`, `platform.http`, `platform.jsonapi`, `platform.problems`,
/// `platform.secrets`, `platform.sql`, `values.ids`, `values.people` and `work`.
@NullMarked
package tv.roster.idempotency;

import org.jspecify.annotations.NullMarked;
