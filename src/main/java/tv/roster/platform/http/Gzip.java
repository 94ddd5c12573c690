package tv.roster.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Compresses a streamed response for clients that accept gzip (RFC 9110, section 12.5.3).
public final class Gzip {
    private Gzip() {}

    /// The same response, compressed if the client accepts it.
    ///
    /// @throws IllegalArgumentException if the response is not streamed
    public static Response where(Request request, Response response) {
        var writer = response.writer();
        if (writer == null) {
            throw new IllegalArgumentException("Only streamed responses are compressed");
        }
        var headers = new LinkedHashMap<>(response.headers());
        headers.merge("Vary", "Accept-Encoding", (others, own) -> others + ", " + own);
        if (!isAccepted(request.header("Accept-Encoding"))) {
            return response.withHeaders(headers);
        }
        headers.put("Content-Encoding", "gzip");
        return Response.stream(response.status(), headers, body -> compress(writer, body));
    }

    /// A body that breaks off gets no trailer either.
    private static void compress(Response.BodyWriter writer, OutputStream body) throws IOException {
        try (var compressing = new CompressingStream(body)) {
            writer.write(compressing);
            compressing.finish();
        }
    }

    /// These bytes, compressed as far as they can be.
    public static byte[] compressed(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var stream = new CompressingStream(compressed)) {
            stream.write(bytes);
            stream.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /// Whether the client wants gzip at least as much as no compression.
    public static boolean isAccepted(Request request) {
        return isAccepted(request.header("Accept-Encoding"));
    }

    /// Whether the client wants gzip at least as much as no compression.
    static boolean isAccepted(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        var gzip = -1.0;
        var identity = -1.0;
        var others = -1.0;
        for (var coding : MediaType.list(acceptEncoding)) {
            switch (coding.name()) {
                case "gzip", "x-gzip" -> gzip = Math.max(gzip, coding.quality());
                case "identity" -> identity = Math.max(identity, coding.quality());
                case "*" -> others = Math.max(others, coding.quality());
                default -> {
                    // Another coding.
                }
            }
        }
        double wanted = gzip < 0 ? others : gzip;
        return wanted > 0 && wanted >= identity;
    }
}
