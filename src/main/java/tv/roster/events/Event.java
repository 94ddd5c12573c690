package tv.roster.events;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry of the audit log: who changed what, from where.
///
/// @param user    the user that was changed; null for changes of tenants and keys
/// @param subject the key that was changed, if it was one
/// @param author  the key that was used; null for the system itself and for subscribers
/// @param agent   the support agent who made the change at the console
/// @param subjectAgent the support agent that was changed, if it was one
/// @param importId the import whose row made the change; null for other changes
/// @param before  JSON text, like `after`
record Event(
        UUID id,
        OffsetDateTime time,
        String kind,
        @Nullable UUID tenant,
        @Nullable UUID user,
        @Nullable UUID subject,
        @Nullable UUID author,
        @Nullable UUID agent,
        @Nullable UUID subjectAgent,
        @Nullable UUID importId,
        @Nullable String address,
        @Nullable String requestId,
        @Nullable String before,
        @Nullable String after) {
    static final String TYPE = "AuditEvent";
}
