package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final int MOST_LINES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void anOutageIsAFewLinesOfLogHoweverManyRequestsItRefuses() throws IOException {
        var database = TestPostgres.newMigratedDatabase();
        var settings = Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database));
        try (var server = ServerAlone.start(folder.resolve("data"), settings)) {
            var bss = server.bss();
            assertThat(bss.get("/users").status()).isEqualTo(200);
            int before = linesOfLog().size();
            TestPostgres.allowConnections(database, false);
            Together.run(CLIENTS, client -> {
                for (int request = 0; request < REQUESTS_EACH; request++) {
                    assertThat(bss.get("/users").status()).isGreaterThanOrEqualTo(500);
                }
                return client;
            });
            assertThat(linesOfLog()).hasSizeLessThanOrEqualTo(before + MOST_LINES);
            TestPostgres.allowConnections(database, true);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(linesSince(before))
                            .containsPattern("The database works again after \\d+ s; [1-9]\\d* calls were refused"));
            // From the start of the log: on a slow machine, a connection may have been late at the start already, and
            // a second warning within a minute is counted instead of written.
            assertThat(linesSince(0)).contains("The database fails");
        }
    }

    private String linesSince(int before) throws IOException {
        return String.join("\n", linesOfLog().subList(before, linesOfLog().size()));
    }

    private List<String> linesOfLog() throws IOException {
        return Files.readAllLines(ServerAlone.log(folder.resolve("data")));
    }
}
