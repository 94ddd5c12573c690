package tv.roster.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/// Runs typical commands against a stand-in for the server, so that Java can record what commands use. The launcher
/// makes an AOT cache from that.
final class Rehearsal {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("tenant", "list"), List.of("key", "list"), List.of("events"), List.of("secret", "list"));
    private static final byte[] RESPONSE = """
            HTTP/1.1 200 OK\r
            Content-Type: application/vnd.api+json\r
            Content-Length: 11\r
            \r
            {"data":[]}""".getBytes(US_ASCII);
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    private Rehearsal() {}

    static void run() {
        var nowhere = new PrintWriter(Writer.nullWriter());
        try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server));
            var environment = Map.of(
                    "ROSTER_URL", "http://localhost:" + server.getLocalPort(), "ROSTER_ADMIN_KEY", "rst_rehearsal");
            for (var command : COMMANDS) {
                Commands.run(command.toArray(String[]::new), environment, nowhere, nowhere, Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                while (skipHead(connection.getInputStream())) {
                    connection.getOutputStream().write(RESPONSE);
                }
            } catch (IOException closed) {
                // By the client, or by the end of the rehearsal.
            }
        }
    }

    /// Returns false at the end of the connection.
    private static boolean skipHead(InputStream in) throws IOException {
        int last = 0;
        while (last != END_OF_HEAD) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            last = last << Byte.SIZE | next;
        }
        return true;
    }
}
