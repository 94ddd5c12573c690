package tv.roster.console.manage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import tv.roster.console.calls.ApiCall;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// A file of subscribers: what it is says its name, or else its first bytes.
///
/// @param isEmpty whether no file was chosen
record SentFile(String type, boolean isCompressed, boolean isEmpty, InputStream content) {
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    /// A byte order mark, some white space, and the first character of the first row.
    private static final int HEAD = 64;

    static SentFile of(String fileName, InputStream stream) {
        try {
            var content = new PushbackInputStream(stream, HEAD);
            var head = content.readNBytes(HEAD);
            content.unread(head);
            boolean isCompressed = head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
            var name = fileName.toLowerCase(Locale.ROOT);
            var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
            return new SentFile(type(plain, head), isCompressed, fileName.isEmpty() && head.length == 0, content);
        } catch (IOException e) {
            var refusal = new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The file could not be read.");
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private static String type(String name, byte[] head) {
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json")) {
            return NDJSON;
        }
        for (byte character : head) {
            if (character == '{') {
                return NDJSON;
            }
            // White space, and the bytes of a byte order mark, which are negative.
            if (character > ' ') {
                return CSV;
            }
        }
        return CSV;
    }

    /// The call with this file as its body.
    ApiCall in(ApiCall call) {
        var sending = call.streaming(type, content);
        return isCompressed ? sending.withHeader("content-encoding", "gzip") : sending;
    }
}
