package tv.roster.events.feed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.TenantId;

/// A position in the feed of a tenant: that of an event, after which a reader goes on. Ordered by the first three.
///
/// @param order   the place in the feed, which several events can share
/// @param version the version of the event's user; tells events of one user with the same place apart
/// @param id      of the event, which may have been removed since
/// @param asOf    the epoch second until which the reader has read everything
public record FeedPosition(long order, int version, UUID id, long asOf) implements Comparable<FeedPosition> {
    private static final UUID NOTHING = new UUID(0, 0);
    private static final Comparator<FeedPosition> IN_THE_FEED = Comparator.comparingLong(FeedPosition::order)
            .thenComparingInt(FeedPosition::version)
            // As PostgreSQL compares them: by their bytes.
            .thenComparing(FeedPosition::id, (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)));

    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES + Long.BYTES;
    private static final int CHECKSUM = 6;

    /// The position before all events.
    public static FeedPosition beginning(long asOf) {
        return new FeedPosition(0, 0, NOTHING, asOf);
    }

    /// The position before this one, and before all events with the same place. Events that are older than places have
    /// none, and are in the order of their ids.
    FeedPosition justBefore() {
        return order > 0
                ? new FeedPosition(order, Integer.MIN_VALUE, NOTHING, asOf)
                : new FeedPosition(
                        0, version, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1), asOf);
    }

    /// Whether it is the position of an event.
    boolean isOfEvent() {
        return !id.equals(NOTHING);
    }

    FeedPosition readUntil(long epochSecond) {
        return new FeedPosition(order, version, id, Math.max(asOf, epochSecond));
    }

    /// The cursor: opaque to clients, and the same under every filter. It has a checksum and no seal: nothing is
    /// gained by inventing one, and it outlives the rotation of the installation's secret.
    public String text(TenantId tenant) {
        var bytes = ByteBuffer.allocate(LENGTH + CHECKSUM)
                .put(FORMAT)
                .putLong(order)
                .putInt(version)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(asOf)
                .array();
        System.arraycopy(checksum(tenant, bytes), 0, bytes, LENGTH, CHECKSUM);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The position in a cursor of this tenant's feed; empty for any other text.
    public static Optional<FeedPosition> parse(TenantId tenant, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH + CHECKSUM
                || bytes[0] != FORMAT
                || !Arrays.equals(checksum(tenant, bytes), Arrays.copyOfRange(bytes, LENGTH, bytes.length))) {
            return Optional.empty();
        }
        var from = ByteBuffer.wrap(bytes).position(1);
        return Optional.of(new FeedPosition(
                from.getLong(), from.getInt(), new UUID(from.getLong(), from.getLong()), from.getLong()));
    }

    private static byte[] checksum(TenantId tenant, byte[] bytes) {
        var checked = ByteBuffer.allocate(LENGTH + 2 * Long.BYTES)
                .put(bytes, 0, LENGTH)
                .put(bytes(tenant.value()))
                .array();
        return Arrays.copyOf(Sha256.hash(checked), CHECKSUM);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public int compareTo(FeedPosition other) {
        return IN_THE_FEED.compare(this, other);
    }
}
