package tv.roster.credentials.strength;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The passwords that many people use, from a list whose origin is described in `common-passwords.NOTICE.txt`.
final class CommonPasswords {
    private CommonPasswords() {}

    /// Whether the list contains this password; `folded` is in lower case, with letters of the usual width.
    static boolean contains(String folded) {
        var wanted = folded.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = Lines.BYTES.length;
        // Each step compares the line around the middle. The list is ASCII, sorted by its bytes.
        while (low < high) {
            int start = Lines.start((low + high) >>> 1);
            int end = Lines.end(start);
            int order = Lines.compare(start, end, wanted);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return false;
    }

    static List<String> entries() {
        return new String(Lines.BYTES, StandardCharsets.US_ASCII).lines().toList();
    }

    /// The bytes of the list in the jar, sorted, one password per line, read when it is first used. Strings would
    /// take five times the memory.
    private static final class Lines {
        static final byte[] BYTES = read();

        private static byte[] read() {
            try (InputStream list = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
                if (list == null) {
                    throw new IllegalStateException("common-passwords.txt is missing from the jar");
                }
                return list.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static int start(int at) {
            int start = at;
            while (start > 0 && BYTES[start - 1] != '\n') {
                start--;
            }
            return start;
        }

        static int end(int start) {
            int end = start;
            while (BYTES[end] != '\n') {
                end++;
            }
            return end;
        }

        static int compare(int start, int end, byte[] wanted) {
            return Arrays.compareUnsigned(BYTES, start, end, wanted, 0, wanted.length);
        }
    }
}
