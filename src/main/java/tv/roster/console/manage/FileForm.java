package tv.roster.console.manage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// A form with a file, sent as `multipart/form-data` (RFC 7578) and read as it arrives, so that no file is held in
/// memory. Its parts come in the order of the form's fields.
final class FileForm {
    private static final String TYPE = "multipart/form-data";
    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_HEAD = 4096;
    private static final int LONGEST_FIELD = 1024;

    private final InputStream body;
    private final MultipartInput input;
    private boolean isStarted;

    private FileForm(InputStream body, MultipartInput input) {
        this.body = body;
        this.input = input;
    }

    /// Begins to read the form that a request has as its body.
    static FileForm of(Request request) {
        var type = request.header("Content-Type");
        var parameters = parameters(type == null ? "" : type);
        var boundary = parameters.get("boundary");
        if (!parameters.containsKey(TYPE) || boundary == null) {
            throw new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send " + TYPE + ".", Source.header("Content-Type"));
        }
        var body = request.stream();
        try {
            return new FileForm(
                    body,
                    MultipartInput.builder()
                            .setInputStream(body)
                            .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                            .setBufferSize(BUFFER)
                            .setMaxPartHeaderSize(LONGEST_HEAD)
                            .get());
        } catch (IOException | IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    /// A field or a file.
    ///
    /// @param fileName what the file is called; null for a field
    record Part(String name, @Nullable String fileName, InputStream content) {
        /// The text of a field.
        String text() {
            try {
                var bytes = content.readNBytes(LONGEST_FIELD + 1);
                if (bytes.length > LONGEST_FIELD) {
                    throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "A field of this form is too long.");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw malformed(e);
            }
        }
    }

    /// The next part, whatever was not read of the one before; null at the end.
    @Nullable
    Part next() {
        try {
            boolean isThere;
            if (isStarted) {
                var _ = input.discardBodyData();
                isThere = input.readBoundary();
            } else {
                isThere = input.skipPreamble();
            }
            isStarted = true;
            if (!isThere) {
                return null;
            }
            var disposition = disposition(input.readHeaders());
            return new Part(
                    disposition.getOrDefault("name", ""),
                    disposition.get("filename"),
                    new Content(input.newInputStream()));
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /// Reads the rest, so that the client can read the response.
    void finish() {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static Map<String, String> disposition(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Disposition:", 0, 20))
                .findFirst()
                .map(line -> parameters(line.substring(20)))
                .orElse(Map.of());
    }

    /// Of a header. What stands before them is a parameter without a value.
    private static Map<String, String> parameters(String header) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }

    private static Refusal malformed(Exception cause) {
        var refusal = new Refusal(ErrorCode.MALFORMED_DOCUMENT, "This form is damaged, or is not whole.");
        refusal.addSuppressed(cause);
        return refusal;
    }

    /// The content of a part, which refuses a form that ends before it does.
    private static final class Content extends InputStream {
        private final InputStream content;

        Content(InputStream content) {
            this.content = content;
        }

        @Override
        public int read() {
            try {
                return content.read();
            } catch (IOException e) {
                throw malformed(e);
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            try {
                return content.read(bytes, from, length);
            } catch (IOException e) {
                throw malformed(e);
            }
        }
    }
}
