package tv.roster.platform.sql;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Another transaction held a row for longer than this one waits. If nothing catches this, it becomes the response.
public final class LockNotAvailable extends Refusal {
    public LockNotAvailable() {
        super(ErrorCode.UNAVAILABLE, "Another call is changing the same resource; nothing was changed.");
    }
}
