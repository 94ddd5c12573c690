package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// However many requests fail, the log stays short.
class LogFloodTest {
    private static final int CLIENTS = 20;
    private static final int REQUESTS_EACH = 150;
    private static final int MOST_LINES = 40;

    @TempDir
    Path folder;

    @Test
    void anOutageIsAFewLinesOfLogHoweverManyRequestsItRefuses() throws IOException {
        var database = TestPostgres.newDatabase();
        var settings = Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database));
        try (var server = ServerAlone.start(folder.resolve("data"), settings)) {
            var bss = server.bss();
            assertThat(bss.get("/users").status()).isEqualTo(200);
            TestPostgres.allowConnections(database, false);
            Together.run(CLIENTS, client -> {
                for (int request = 0; request < REQUESTS_EACH; request++) {
                    assertThat(bss.get("/users").status()).isGreaterThanOrEqualTo(500);
                }
                return client;
            });
            assertThat(linesOfLog()).hasSizeBetween(1, MOST_LINES);
        }
        assertThat(String.join("\n", linesOfLog())).contains("such lines in the last minute");
    }

    private List<String> linesOfLog() throws IOException {
        return Files.readAllLines(ServerAlone.log(folder.resolve("data")));
    }
}
