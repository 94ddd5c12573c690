package tv.roster.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A connection over which a client of the benchmark sends one GET after the other: the JDK's client would need as much
/// processor time as the server.
final class PlainHttp implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream in;
    private final String headers;

    /// @param address of the server, with its port
    PlainHttp(String address, String key) throws IOException {
        int colon = address.lastIndexOf(':');
        socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        headers = " HTTP/1.1\r\nHost: " + address + "\r\nAuthorization: Apikey " + key + "\r\n";
    }

    /// Reads a whole response in chunks and throws it away; the connection cannot be used after that.
    ///
    /// @throws IOException if the last chunk is missing
    void download(String path) throws IOException {
        send(path, "Connection: close\r\n");
        var buffer = new byte[BUFFER];
        var end = "";
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int kept = Math.min(count, LAST_CHUNK.length());
            end += new String(buffer, count - kept, kept, StandardCharsets.ISO_8859_1);
            end = end.substring(Math.max(0, end.length() - LAST_CHUNK.length()));
        }
        if (!end.equals(LAST_CHUNK)) {
            throw new IOException("The response was not complete: " + path);
        }
    }

    private void send(String pathAndQuery, String header) throws IOException {
        var request = "GET " + pathAndQuery + headers + header + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /// The body of the response.
    ///
    /// @throws IOException if the status is not 200, or the response has no length
    byte[] get(String pathAndQuery) throws IOException {
        send(pathAndQuery, "");
        var status = line();
        int length = -1;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()));
            }
        }
        if (length < 0) {
            throw new IOException("A response without a length: " + status);
        }
        var body = in.readNBytes(length);
        if (!status.contains(" 200 ")) {
            throw new IOException(status + ": " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
