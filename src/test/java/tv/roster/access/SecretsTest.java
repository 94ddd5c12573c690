package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.TestPostgres;

/// After much scripted work, no key is found anywhere it could be read: tables, logs, metrics, the audit.
class SecretsTest {
    private static final int ROUNDS = 20;

    private final List<String> secrets = new ArrayList<>();

    @Test
    void keysAreNowhereAfterMuchWork() throws SQLException {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            secrets.add(server.adminKey());
            for (int round = 0; round < ROUNDS; round++) {
                work(server);
            }
            assertThat(secrets).hasSizeGreaterThan(2 * ROUNDS);
            assertNoSecret(
                    "metrics",
                    new ApiClient(server.healthUrl(), null).get("/metrics").text());
            assertNoSecret(
                    "events", server.admin().get("/events?page%5Bsize%5D=1000").text());
            assertNoSecret(
                    "keys", server.admin().get("/api_keys?page%5Bsize%5D=1000").text());
            assertNoSecret("tables", dump(server));
        } finally {
            root.detachAppender(log);
        }
        var lines = new StringBuilder();
        List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.DEBUG))
                .forEach(event -> lines.append(event.getFormattedMessage()).append(event.getThrowableProxy()));
        assertNoSecret("logs", lines.toString());
    }

    /// What an operator and a BSS do in a day, faults included.
    private void work(TestServer server) {
        var admin = new AdminClient(server.admin());
        var tenant = admin.newTenant("").id();
        var key = admin.newKey(tenant, "");
        secrets.add(secret(key));
        var bss = server.client(secret(key));
        bss.createUser("'name':'Anna'");
        bss.post("/users", "{broken", "Idempotency-Key", "k1");
        bss.get("/users?key=1");
        bss.get("/users", "Authorization", "Apikey " + secret(key) + "x");
        bss.get("/users", "Authorization", "Bearer " + secret(key));
        secrets.add(secret(admin.rotate(key.id(), 60)));
        admin.patchKey(key.id(), "'ip_allow_list':['203.0.113.0/24']");
        bss.get("/users");
        admin.api().delete("/api_keys/" + key.id());
        bss.get("/users");
    }

    /// No key, and no half of one: its public prefix alone may be seen.
    private void assertNoSecret(String where, String text) {
        for (var secret : secrets) {
            assertThat(text.contains(secret.substring(13, 35)) || text.contains(secret.substring(30)))
                    .as("a secret in " + where)
                    .isFalse();
        }
    }

    /// All rows of all tables as text, bytes both as hexadecimal digits and as Latin letters.
    private static String dump(TestServer server) throws SQLException {
        var text = new StringBuilder();
        try (var connection = TestPostgres.connect(server.database());
                var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("select * from " + tables.getString("TABLE_NAME"))) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            var value = rows.getObject(column);
                            text.append(
                                    value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                                    + new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                                            : value);
                            text.append('\n');
                        }
                    }
                }
            }
        }
        return text.toString();
    }
}
