package tv.roster.platform.sql;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// PostgreSQL has cancelled a list that exceeded its time limit. A door that knows what to request instead catches
/// this and throws a refusal that says so; otherwise this refusal becomes the response.
public final class TookTooLong extends Refusal {
    /// `seconds` is the time limit of a list.
    public TookTooLong(int seconds) {
        super(
                ErrorCode.TOO_EXPENSIVE,
                "This list takes longer than the " + seconds
                        + " s that a list may take. Ask for less: fewer or longer patterns, or no total.");
    }
}
