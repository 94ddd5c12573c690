package tv.roster.platform.logging;

import java.util.function.LongSupplier;

/// What is counted about the log since the start of the process.
///
/// @param warnings   warnings, those included that were only counted because they repeat others
/// @param errors     errors, in the same way
/// @param lost       lines that were not written because the output was blocked
/// @param lostAccess lines of the access log that were not written
public record LogFigures(LongSupplier warnings, LongSupplier errors, LongSupplier lost, LongSupplier lostAccess) {}
