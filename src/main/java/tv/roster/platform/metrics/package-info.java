/// The metrics for Prometheus. Labels are from closed sets: never an id, an address or a secret.
///
/// May use `platform.http`, `platform.problems` and `platform.timing`.
@NullMarked
package tv.roster.platform.metrics;

import org.jspecify.annotations.NullMarked;
