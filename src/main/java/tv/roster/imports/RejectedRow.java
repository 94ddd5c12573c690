package tv.roster.imports;

import org.jspecify.annotations.Nullable;

/// A row that was refused.
///
/// @param line       the line that it begins on, from 1
/// @param externalId the external id in it, as far as it could be read
/// @param errors     a JSON array: the `code`, `detail` and `source` of each problem
/// @param row        the row as a JSON object without secrets; null if it could not be read
record RejectedRow(
        long line,
        @Nullable String externalId,
        String errors,
        @Nullable String row) {}
