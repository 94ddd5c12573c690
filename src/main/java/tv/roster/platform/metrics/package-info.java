/// The metrics for Prometheus. Labels are from closed sets: never an id, an address or a secret.
///
/// May use `platform.http` and `platform.problems`.
@NullMarked
package tv.roster.platform.metrics;

import org.jspecify.annotations.NullMarked;
