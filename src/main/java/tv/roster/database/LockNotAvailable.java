package tv.roster.database;

import java.util.List;
import java.util.Map;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// Another transaction held a row longer than this one may wait for it. Where nobody catches it, it is refused as it
/// is.
public final class LockNotAvailable extends Refusal {
    LockNotAvailable() {
        super(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "Somebody else is changing the same; nothing was changed.")),
                Map.of("Retry-After", "1"));
    }
}
