package tv.roster.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Speaks HTTP byte by byte over one connection, so that tests can say it wrong.
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final InputStream input;

    public RawHttp(int port) {
        this(port, "127.0.0.1");
    }

    /// Comes from this address of the machine's own, such as 127.0.0.2.
    public RawHttp(int port, String from) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Speaks over a socket that is connected, such as one with TLS.
    public RawHttp(Socket connected) {
        try {
            socket = connected;
            socket.setSoTimeout(PATIENCE_MS);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each character is one byte.
    public RawHttp send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// What the server does not take any more is left unsent; its answer is there to be read.
    public RawHttp send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Says that nothing more will come, and still listens.
    public RawHttp endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// The next answer; `100 Continue` is one for itself.
    public RawAnswer read() {
        return read(false);
    }

    /// The next answer, to a HEAD request.
    public RawAnswer readHead() {
        return read(true);
    }

    private RawAnswer read(boolean headOnly) {
        try {
            var statusLine = line();
            var headers = new LinkedHashMap<String, List<String>>();
            for (var line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            if (headers.containsKey("transfer-encoding") && !headOnly) {
                var body = new ByteArrayOutputStream();
                readChunks(body);
                return new RawAnswer(statusLine, status, headers, body.toByteArray());
            }
            var length = headers.containsKey("content-length")
                    ? Integer.parseInt(headers.get("content-length").getFirst())
                    : 0;
            return new RawAnswer(statusLine, status, headers, headOnly ? new byte[0] : input.readNBytes(length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Copies a chunked body, after [#readHead], and returns its length. Throws if it ends without its last chunk.
    public long readChunks(OutputStream to) throws IOException {
        long all = 0;
        for (var chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
            to.write(chunk);
            all += chunk.length;
        }
        return all;
    }

    /// The next chunk of a body; the last one is empty.
    public byte[] readChunk() throws IOException {
        var chunk = input.readNBytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    /// What comes until the server closes the connection.
    public byte[] readToEnd() throws IOException {
        return input.readAllBytes();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = input.read(); octet != '\n'; octet = input.read()) {
            if (octet < 0) {
                throw new EOFException("closed after \"" + line.toString(StandardCharsets.ISO_8859_1) + "\"");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /// Waits for the server to close the connection; false if it sends something instead, which is then there to be
    /// read.
    public boolean isClosedByServer() {
        try {
            input.mark(1);
            if (input.read() < 0) {
                return true;
            }
            input.reset();
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Breaks the connection off.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An answer as it came; header names in lower case.
    public record RawAnswer(String statusLine, int status, Map<String, List<String>> headers, byte[] body) {
        /// The value of a header that came once, or null.
        public String header(String name) {
            var values = headers.get(name.toLowerCase(Locale.ROOT));
            if (values != null && values.size() > 1) {
                throw new AssertionError(name + " came " + values.size() + " times");
            }
            return values == null ? null : values.getFirst();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
