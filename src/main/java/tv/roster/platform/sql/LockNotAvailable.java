package tv.roster.platform.sql;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Another transaction held a row for longer than this one waits. If it is not caught, it is the refusal as it is.
public final class LockNotAvailable extends Refusal {
    public LockNotAvailable() {
        super(ErrorCode.UNAVAILABLE, "Another call is changing the same resource; nothing was changed.");
    }
}
