package tv.roster.values.ids;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Generates ids: UUIDv7 (RFC 9562, section 5.7), whose order is the order of their creation on this node.
public final class Ids {
    private static final int LENGTH = 36;

    private final TimeOrderedEpochFactory factory;

    public Ids(InstantSource clock) {
        factory = TimeOrderedEpochFactory.builder()
                .withClock(clock.withZone(ZoneOffset.UTC))
                .withRandom(Randomness.generator())
                .build();
    }

    public UUID next() {
        return factory.create();
    }

    /// The creation time of a UUIDv7, in epoch seconds.
    public static long epochSecond(UUID id) {
        return (id.getMostSignificantBits() >>> 16) / 1000;
    }

    /// The smallest id that can have been created in this epoch second or later.
    public static UUID firstOf(long epochSecond) {
        return new UUID((epochSecond * 1000) << 16, 0);
    }

    /// Finds all UUIDs in a text in ASCII or UTF-8, whatever stands around them.
    public static void in(byte[] text, Consumer<UUID> found) {
        for (int at = 0; at + LENGTH <= text.length; at++) {
            if (text[at + 8] == '-' && text[at + 13] == '-' && text[at + 18] == '-' && text[at + 23] == '-') {
                parse(new String(text, at, LENGTH, StandardCharsets.ISO_8859_1)).ifPresent(found);
            }
        }
    }

    /// Parses a UUID of 36 characters in either case (RFC 9562, section 4); empty for other texts, which cannot be
    /// ids. `UUID.fromString` alone also accepts `1-1-1-1-1`.
    static Optional<UUID> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        for (int at = 0; at < LENGTH; at++) {
            boolean hyphen = at == 8 || at == 13 || at == 18 || at == 23;
            if (hyphen ? text.charAt(at) != '-' : !HexFormat.isHexDigit(text.charAt(at))) {
                return Optional.empty();
            }
        }
        return Optional.of(UUID.fromString(text));
    }
}
