package tv.roster.users.bulk;

/// Somebody else has changed or created a user that rows were compared with: roll back, and carry the rows out
/// again.
public final class ChangedMeanwhile extends RuntimeException {
    ChangedMeanwhile() {
        super("a user was changed meanwhile", null, false, false);
    }
}
