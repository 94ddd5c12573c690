/// The metrics for Prometheus. Labels have values from closed sets, never an id, an address or a secret.
/// May use `http` and `jsonapi`.
@NullMarked
package tv.roster.metrics;

import org.jspecify.annotations.NullMarked;
