package tv.roster.activation.support;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A mail to a subscriber, without its link. Times are in epoch seconds.
///
/// @param kind             as [tv.roster.activation.LinkKind] has it
/// @param status           as the queue has it
/// @param finishedTime     when it left the queue
/// @param nextAttemptTime  null when it has left the queue
/// @param acceptedHost     the mail server that accepted it
/// @param acceptedResponse what that server said, which can quote the recipient
/// @param failure          why the last attempt failed, or why it was given up
record SubscriberMail(
        UUID id,
        String kind,
        String recipient,
        String language,
        String status,
        int attempts,
        long createdTime,
        long expiresTime,
        @Nullable Long finishedTime,
        @Nullable Long nextAttemptTime,
        @Nullable String acceptedHost,
        @Nullable String acceptedResponse,
        @Nullable String failure) {
    static final String TYPE = "Mail";

    @Override
    public String toString() {
        return "SubscriberMail[" + id + "]";
    }
}
