package tv.roster.imports.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A row of a file as it was sent.
///
/// @param line  the line that it begins on, from 1
/// @param fault why it cannot be read; null if its bytes are there
/// @param bytes the row without its line end; empty with a fault
public record RawRow(long line, @Nullable Fault fault, byte[] bytes) {
    /// The most bytes of a row without its line end.
    public static final int LONGEST = 65_536;

    /// Why a row has no bytes.
    public enum Fault {
        TOO_LONG(-1),
        UNCLOSED_QUOTE(-2),
        MISPLACED_QUOTE(-3),
        /// It was about a user who has been erased since it was sent.
        ERASED(-4);

        private final int mark;

        Fault(int mark) {
            this.mark = mark;
        }

        /// What stands for it in place of a length; negative.
        int mark() {
            return mark;
        }

        static @Nullable Fault marked(int length) {
            return length >= 0
                    ? null
                    : Arrays.stream(values())
                            .filter(fault -> fault.mark == length)
                            .findFirst()
                            .orElseThrow();
        }
    }
}
