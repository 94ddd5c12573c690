package tv.roster.cli;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The two forms of files of users.
enum FileFormat {
    CSV("text/csv"),
    NDJSON("application/x-ndjson");

    private static final String GZIP = ".gz";

    private final String mediaType;

    FileFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    static boolean isGzip(String fileName) {
        return fileName.endsWith(GZIP);
    }

    static String withoutGzip(String fileName) {
        return isGzip(fileName) ? fileName.substring(0, fileName.length() - GZIP.length()) : fileName;
    }

    /// The format that was asked for, or else that of the file's name; null if neither says one.
    static @Nullable FileFormat of(@Nullable String asked, String fileName) {
        if (asked != null) {
            return Arrays.stream(values())
                    .filter(format -> format.name().equalsIgnoreCase(asked))
                    .findFirst()
                    .orElseThrow(() -> new Failure(Failure.MISUSED, "--format is csv or ndjson, not " + asked + "."));
        }
        return named(fileName);
    }

    /// The format that was asked for, or another one.
    static FileFormat of(@Nullable String asked, FileFormat otherwise) {
        var format = of(asked, "");
        return format == null ? otherwise : format;
    }

    private static @Nullable FileFormat named(String fileName) {
        var name = withoutGzip(fileName).toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") ? CSV : name.matches("(?s).*\\.(ndjson|jsonl)") ? NDJSON : null;
    }
}
