/// What Prometheus reads. Labels come from closed sets: never an id, an address or a secret.
/// May use `http` and `jsonapi`.
@NullMarked
package tv.roster.metrics;

import org.jspecify.annotations.NullMarked;
