package tv.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The secret commands, with a server that goes away in between.
class SecretCommandsTest {
    private static final String MADE = json("{'data':{'type':'InstallationSecret','id':'2'}}");
    private static final String AWAY =
            json("{'errors':[{'status':'503','code':'unavailable','detail':'The database is away.'}]}");

    @Test
    void aRotationIsReportedIfTheListCannotBeRead() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean rotates = exchange.getRequestMethod().equals("POST");
            var body = (rotates ? MADE : AWAY).getBytes(UTF_8);
            exchange.sendResponseHeaders(rotates ? 201 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            var out = new StringWriter();
            int status = Commands.run(
                    new String[] {"secret", "rotate"},
                    Map.of("ROSTER_URL", url, "ROSTER_ADMIN_KEY", "rst_none"),
                    new PrintWriter(out),
                    new PrintWriter(out),
                    Map.of());
            assertThat(status).isEqualTo(1);
            assertThat(out.toString())
                    .contains("Generation 2 was created, but the generations could not be read:")
                    .contains("The database is away. (503 unavailable)");
        } finally {
            server.stop(0);
        }
    }
}
