package tv.roster.users.bulk;

import java.util.List;
import tv.roster.platform.problems.Problem;

/// What became of a row.
public sealed interface RowOutcome {
    record Created() implements RowOutcome {}

    record Updated() implements RowOutcome {}

    /// The user was already as the row wants it.
    record Unchanged() implements RowOutcome {}

    record Rejected(List<Problem> problems) implements RowOutcome {}
}
