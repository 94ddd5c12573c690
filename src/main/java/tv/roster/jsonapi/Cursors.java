package tv.roster.jsonapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals cursors, so that one is good only for the list it was made for: same tenant, sort and filters.
public final class Cursors {
    private static final int SEAL_BYTES = 16;
    private static final int ID_BYTES = 16;

    /// Copied for each seal: to look it up and to take the key in costs more than the seal.
    private final Mac keyed;

    /// What earlier versions have sealed with.
    private final List<Mac> former;

    /// `key` is secret and the same on every node; cursors that were sealed with a former one are still opened.
    public Cursors(byte[] key, byte[]... former) {
        this.keyed = keyed(key);
        this.former = Arrays.stream(former).map(Cursors::keyed).toList();
    }

    private static Mac keyed(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The opaque text of a place in `list`.
    public String seal(Cursor cursor, String list) {
        var text = cursor.key() == null ? null : cursor.key().getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(SEAL_BYTES + ID_BYTES + 1 + (text == null ? 0 : text.length));
        bytes.position(SEAL_BYTES);
        bytes.putLong(cursor.id().getMostSignificantBits()).putLong(cursor.id().getLeastSignificantBits());
        bytes.put((byte) (text == null ? 0 : 1));
        if (text != null) {
            bytes.put(text);
        }
        var sealed = bytes.array();
        System.arraycopy(sealOf(keyed, sealed, list), 0, sealed, 0, SEAL_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// The place behind a cursor that was sealed for `list`; anything else is `400` `bad_cursor`.
    public Cursor open(String text, String list, String parameter) {
        var sealed = decoded(text);
        if (sealed == null || sealed.length < SEAL_BYTES + ID_BYTES + 1 || !isSealed(sealed, list)) {
            throw new Refusal(
                    ErrorCode.BAD_CURSOR,
                    "This cursor was not issued for this list, sort and filter.",
                    Source.parameter(parameter));
        }
        var bytes = ByteBuffer.wrap(sealed).position(SEAL_BYTES);
        var id = new UUID(bytes.getLong(), bytes.getLong());
        boolean hasKey = bytes.get() == 1;
        return new Cursor(hasKey ? StandardCharsets.UTF_8.decode(bytes).toString() : null, id);
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            // One text for one place: what differs only in unused bits is refused as well.
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isSealed(byte[] sealed, String list) {
        var seal = Arrays.copyOf(sealed, SEAL_BYTES);
        return MessageDigest.isEqual(sealOf(keyed, sealed, list), seal)
                || former.stream().anyMatch(mac -> MessageDigest.isEqual(sealOf(mac, sealed, list), seal));
    }

    private static byte[] sealOf(Mac prototype, byte[] sealed, String list) {
        try {
            var mac = (Mac) prototype.clone();
            mac.update(sealed, SEAL_BYTES, sealed.length - SEAL_BYTES);
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(), SEAL_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
