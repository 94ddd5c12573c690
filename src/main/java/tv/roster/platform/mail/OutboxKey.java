package tv.roster.platform.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.files.PrivateFiles;

/// The secret that opens the outbox: 256 random bits, in a file of the data folder that only its owner can read.
/// Anyone who can read the file has access to the database as well.
public final class OutboxKey {
    private static final int BYTES = 32;

    private final Path file;
    private final String value;
    private final boolean isNew;

    private OutboxKey(Path file, String value, boolean isNew) {
        this.file = file;
        this.value = value;
        this.isNew = isNew;
    }

    /// Reads the key of this data folder, or creates it.
    public static OutboxKey of(Path dataFolder) {
        var file = dataFolder.resolve("outbox-key");
        try {
            var kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                return new OutboxKey(file, kept, false);
            }
            var random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            PrivateFiles.write(file, made + System.lineSeparator());
            return new OutboxKey(file, made, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file() {
        return file;
    }

    /// The text in the link and in the cookie.
    public String value() {
        return value;
    }

    /// Whether it has just been created, so that its link may be printed.
    public boolean isNew() {
        return isNew;
    }

    /// Compares in constant time.
    boolean isOpenedBy(@Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
