package tv.roster.activation;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.Randomness;
import tv.roster.values.ids.TenantId;

/// The secret in a link: the tenant's id, which the page needs to show the tenant's name and the index begins with,
/// and 256 random bits, as 64 characters of base64url. Only its SHA-256 is stored.
public final class LinkToken {
    private static final SecureRandom RANDOM = Randomness.generator();
    private static final int TENANT_BYTES = 16;
    private static final int RANDOM_BYTES = 32;
    /// Whole groups of four, the last of which has the first random bits as well.
    private static final int TENANT_CHARACTERS = 24;

    private static final int CHARACTERS = (TENANT_BYTES + RANDOM_BYTES) / 3 * 4;

    private final byte[] bytes;

    private LinkToken(byte[] bytes) {
        this.bytes = bytes;
    }

    static LinkToken random(TenantId tenant) {
        var random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return new LinkToken(ByteBuffer.allocate(TENANT_BYTES + RANDOM_BYTES)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .put(random)
                .array());
    }

    /// Parses the token in a request; empty if the text cannot be a token.
    public static Optional<LinkToken> parse(String text) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinkToken(Base64.getUrlDecoder().decode(text)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    TenantId tenant() {
        return tenant(bytes);
    }

    /// The tenant in a text that begins as a token does, such as a link that a mail program has cut.
    static Optional<TenantId> tenantIn(String text) {
        try {
            return text.length() < TENANT_CHARACTERS
                    ? Optional.empty()
                    : Optional.of(tenant(Base64.getUrlDecoder().decode(text.substring(0, TENANT_CHARACTERS))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static TenantId tenant(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new TenantId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    byte[] hash() {
        return Sha256.hash(bytes);
    }

    /// The text in the link.
    public String value() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
