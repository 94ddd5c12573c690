package tv.roster.platform.sql;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// PostgreSQL ended a list that took longer than a list may. Where a door knows what to ask for instead, it catches
/// this and refuses with that; elsewhere it is refused as it is.
public final class TookTooLong extends Refusal {
    /// `seconds` is how long a list may take.
    public TookTooLong(int seconds) {
        super(
                ErrorCode.TOO_EXPENSIVE,
                "This list takes longer than the " + seconds
                        + " s that a list may take. Ask for less: fewer or longer patterns, or no total.");
    }
}
