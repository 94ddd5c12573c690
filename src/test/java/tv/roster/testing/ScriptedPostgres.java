package tv.roster.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tv.roster.platform.database.session.DatabaseAddress;

/// Speaks as much of PostgreSQL's protocol as a first connection needs: a server of any release, with one row for
/// every question. For what the PostgreSQL of the tests cannot be.
public final class ScriptedPostgres implements AutoCloseable {
    private static final List<Integer> WISHES_FOR_ENCRYPTION = List.of(80_877_103, 80_877_104);
    private static final int TEXT = 25;

    private final ServerSocket listening;
    private final String version;
    private final List<String> columns;
    private final List<String> row;

    public ScriptedPostgres(String version, List<String> columns, List<String> row) {
        this.version = version;
        this.columns = columns;
        this.row = row;
        try {
            listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public DatabaseAddress address() {
        return DatabaseAddress.parse("postgresql://u:p@127.0.0.1:" + listening.getLocalPort() + "/d?sslmode=disable");
    }

    private void serve() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket client) {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(client.getOutputStream());
            while (WISHES_FOR_ENCRYPTION.contains(body(in).getInt(0))) {
                out.write('N');
            }
            send(out, 'R', integer(0));
            send(out, 'S', text("server_version"), text(version));
            send(out, 'S', text("server_encoding"), text("UTF8"));
            send(out, 'S', text("client_encoding"), text("UTF8"));
            send(out, 'S', text("standard_conforming_strings"), text("on"));
            send(out, 'Z', new byte[] {'I'});
            answer(in, out);
        } catch (IOException hungUp) {
            // So it is done with.
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        boolean asksForRows = false;
        for (int kind = in.read(); kind >= 0 && kind != 'X'; kind = in.read()) {
            var body = StandardCharsets.UTF_8.decode(body(in)).toString();
            switch (kind) {
                case 'Q' -> {
                    send(out, 'C', text("SET"));
                    send(out, 'Z', new byte[] {'I'});
                }
                case 'P' -> {
                    asksForRows = body.contains("select");
                    send(out, '1');
                }
                case 'B' -> send(out, '2');
                case 'D' -> describe(out, asksForRows);
                case 'E' -> {
                    if (asksForRows) {
                        send(out, 'D', values());
                    }
                    send(out, 'C', text(asksForRows ? "SELECT 1" : "SET"));
                }
                case 'S' -> send(out, 'Z', new byte[] {'I'});
                default -> throw new AssertionError("not in the script: " + (char) kind);
            }
        }
    }

    private void describe(DataOutputStream out, boolean hasRows) throws IOException {
        if (!hasRows) {
            send(out, 'n');
            return;
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(small(columns.size()));
        for (var column : columns) {
            bytes.writeBytes(text(column));
            bytes.writeBytes(integer(0));
            bytes.writeBytes(small(0));
            bytes.writeBytes(integer(TEXT));
            bytes.writeBytes(small(-1));
            bytes.writeBytes(integer(-1));
            bytes.writeBytes(small(0));
        }
        send(out, 'T', bytes.toByteArray());
    }

    private byte[] values() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(small(row.size()));
        for (var value : row) {
            bytes.writeBytes(integer(value.length()));
            bytes.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer body(DataInputStream in) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(in.readInt() - Integer.BYTES));
    }

    private static void send(DataOutputStream out, char kind, byte[]... parts) throws IOException {
        int length = Integer.BYTES;
        for (var part : parts) {
            length += part.length;
        }
        out.write(kind);
        out.writeInt(length);
        for (var part : parts) {
            out.write(part);
        }
        out.flush();
    }

    private static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] small(int value) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
