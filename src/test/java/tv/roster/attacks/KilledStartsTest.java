package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// `kill -9` at a random moment of the very first start, then another start: it serves, and the keys are good.
///
/// `-Droster.kills=200` takes so many rounds of each kind, `-Droster.kills.seed=7` other moments.
class KilledStartsTest {
    private static final int ROUNDS = Integer.getInteger("roster.kills", 1);
    private static final long SEED = Long.getLong("roster.kills.seed", 12);
    private static final String[] QUICK = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    @TempDir
    Path folder;

    private final Random moments = new Random(SEED);
    private long longest;

    @Test
    void ofAServerWithAnEmbeddedPostgres() throws Exception {
        for (int round = 0; round <= ROUNDS; round++) {
            round(round, Map.of());
        }
    }

    @Test
    void ofAServerWithAPostgresOfItsOwn() throws Exception {
        for (int round = 0; round <= ROUNDS; round++) {
            round(round, Map.of("ROSTER_DATABASE_URL", TestPostgres.newUrl()));
        }
    }

    /// The first round is not killed: it tells how long a start takes.
    private void round(int round, Map<String, String> settings) throws Exception {
        var data =
                Files.createDirectories(folder.resolve(Integer.toString(round))).resolve("data");
        if (round > 0) {
            long moment = moments.nextLong(longest);
            var server = ServerAlone.launch(data, settings, QUICK);
            var _ = server.waitFor(moment, TimeUnit.MILLISECONDS);
            server.destroyForcibly().waitFor();
            Files.writeString(ServerAlone.log(data), "Killed after " + moment + " ms of " + longest + ".\n");
        }
        long start = System.nanoTime();
        try (var server = ServerAlone.start(data, settings, QUICK)) {
            longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            assertThat(server.admin().get("/tenants").status()).as(log(data)).isEqualTo(200);
            assertThat(server.bss().get("/users").status()).as(log(data)).isEqualTo(200);
        }
        Program.run(folder, Map.of(), List.of("rm", "-rf", data.getParent().toString()));
    }

    private static String log(Path data) throws IOException {
        return Files.readString(ServerAlone.log(data));
    }
}
