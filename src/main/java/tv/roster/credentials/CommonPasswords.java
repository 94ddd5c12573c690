package tv.roster.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/// The passwords that too many people use, from a list whose origin `common-passwords.NOTICE.txt` tells.
final class CommonPasswords {
    private CommonPasswords() {}

    /// Whether the list has this password, without regard to case or to the width of its letters.
    static boolean contains(String password) {
        String folded = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Arrays.binarySearch(Sorted.ENTRIES, folded) >= 0;
    }

    static String[] entries() {
        return Sorted.ENTRIES.clone();
    }

    /// Read at the first question. A sorted array takes half of what a set would.
    private static final class Sorted {
        static final String[] ENTRIES = read();

        private static String[] read() {
            try (InputStream list = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
                if (list == null) {
                    throw new IllegalStateException("common-passwords.txt is missing from the jar");
                }
                return new String(list.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .toArray(String[]::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
