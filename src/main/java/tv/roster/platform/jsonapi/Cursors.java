package tv.roster.platform.jsonapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.Cursor;

/// Seals cursors, so that each is valid only for the list that it was created for: same tenant, sort and filters.
public final class Cursors {
    private static final int SEAL_BYTES = 16;
    private static final int ID_BYTES = 16;

    private final Supplier<List<byte[]>> keys;
    private final Supplier<List<byte[]>> latestKeys;
    private volatile Seals seals;

    /// The keyed algorithms. They are cloned for each seal, since looking up an algorithm and initializing it with
    /// the key would cost more than the seal.
    private record Seals(List<byte[]> keys, Mac[] macs) {
        static Seals of(List<byte[]> keys) {
            return new Seals(keys, keys.stream().map(Cursors::keyed).toArray(Mac[]::new));
        }
    }

    /// The keys are secret and the same on every node; the first seals, and each opens. `latestKeys` is called if
    /// none of `keys` opens a cursor. A supplier must return the same list object until the keys change.
    public Cursors(Supplier<List<byte[]>> keys, Supplier<List<byte[]>> latestKeys) {
        this.keys = keys;
        this.latestKeys = latestKeys;
        this.seals = Seals.of(keys.get());
    }

    /// For keys that never change; the first seals.
    public Cursors(byte[]... keys) {
        this(fixed(keys), fixed(keys));
    }

    private static Supplier<List<byte[]>> fixed(byte[]... keys) {
        var list = List.of(keys);
        return () -> list;
    }

    @SuppressWarnings("ReferenceEquality") // If the keys change, the list is another object.
    private Seals seals(List<byte[]> keys) {
        var seals = this.seals;
        if (seals.keys != keys) {
            seals = Seals.of(keys);
            this.seals = seals;
        }
        return seals;
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

    /// The opaque text of a position in `list`.
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
        System.arraycopy(sealOf(seals(keys.get()).macs[0], sealed, list), 0, sealed, 0, SEAL_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// The position in a cursor that was sealed for `list`; throws the `400` `bad_cursor` for anything else.
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
            // One text for each position: a text that differs only in unused bits is rejected as well.
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isSealed(byte[] sealed, String list) {
        return opens(seals(keys.get()), sealed, list) || opens(seals(latestKeys.get()), sealed, list);
    }

    private static boolean opens(Seals seals, byte[] sealed, String list) {
        var seal = Arrays.copyOf(sealed, SEAL_BYTES);
        for (var mac : seals.macs) {
            if (MessageDigest.isEqual(sealOf(mac, sealed, list), seal)) {
                return true;
            }
        }
        return false;
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
