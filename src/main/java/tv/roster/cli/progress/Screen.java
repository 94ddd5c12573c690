package tv.roster.cli.progress;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/// The terminal that standard error is written to.
public final class Screen {
    private static final int USUAL = 80;
    private static final String QUESTION = "test -t 2 && { stty size <&3 || echo; } 3>&2 2>/dev/null";

    private Screen() {}

    /// The width of the terminal; 0 if standard error is none. Java does not know: its console is one only if
    /// standard input and output are terminals.
    public static int columns() {
        try {
            var asked = new ProcessBuilder("sh", "-c", QUESTION)
                    .redirectError(Redirect.INHERIT)
                    .start();
            var size = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (asked.waitFor() != 0) {
                return 0;
            }
            int columns =
                    size.matches("\\d{1,4} \\d{1,4}") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : 0;
            return columns == 0 ? USUAL : columns;
        } catch (IOException noShell) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
