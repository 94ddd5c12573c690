/// Safe repeats: what a call with an `Idempotency-Key` answered is kept with the change it made.
/// May use `access`, `database`, `http`, `jsonapi` and `secrets`.
@NullMarked
package tv.roster.idempotency;

import org.jspecify.annotations.NullMarked;
