package tv.roster.deletion;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;

/// A user that was deleted.
///
/// @param deletionId  the id of the event of the deletion, in whose order the list is
/// @param externalId  null if it had none, and once it is purged
/// @param deletedTime in epoch seconds
/// @param purgeTime   until when it can be restored, in epoch seconds
public record DeletedUser(
        UserId id, UUID deletionId, @Nullable String externalId, long deletedTime, long purgeTime) {
    public static final String TYPE = "DeletedUser";
}
