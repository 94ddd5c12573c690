package tv.roster.platform.sql;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Another transaction held a row longer than this one may wait for it. Where nobody catches it, it is refused as it
/// is.
public final class LockNotAvailable extends Refusal {
    public LockNotAvailable() {
        super(ErrorCode.UNAVAILABLE, "Somebody else is changing the same; nothing was changed.");
    }
}
