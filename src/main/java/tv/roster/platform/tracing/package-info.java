/// Traces of requests for OpenTelemetry, where its Java agent runs.
///
/// May use `platform.http` and `platform.problems`.
@NullMarked
package tv.roster.platform.tracing;

import org.jspecify.annotations.NullMarked;
