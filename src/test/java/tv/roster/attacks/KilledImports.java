package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.testing.ImportClient;
import tv.roster.testing.ServerAlone;

/// Kills something at random moments of an import, and looks afterwards whether each row was applied once.
///
/// `-Dattacks.imports=200000` makes it an import of so many rows with ten kills, `-Dattacks.imports.seed=7` another
/// file and other moments.
final class KilledImports {
    private static final int ROWS = Integer.getInteger("attacks.imports", 0);
    private static final int SIZE = ROWS == 0 ? 9_000 : ROWS;
    private static final int KILLS = ROWS == 0 ? 1 : 10;
    private static final long SEED = Long.getLong("attacks.imports.seed", 15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofMillis(2);

    private final Path data;
    private final Random moments = new Random(SEED);
    private final MixedFile file = new MixedFile(SIZE, SEED);

    KilledImports(Path data) {
        this.data = data;
    }

    static ServerAlone start(Path data) {
        return ServerAlone.start(data, "-Xmx192m", "-XX:+UseSerialGC");
    }

    /// `kill` returns the server that goes on.
    void run(UnaryOperator<ServerAlone> kill) throws InterruptedException {
        var server = start(data);
        String id;
        try {
            file.addExisting(imports(server));
            var sent = file.send(imports(server));
            id = sent.id();
            for (int number = 0; number < KILLS; number++) {
                int from = file.size() / KILLS * number;
                awaitRows(server, id, from + moments.nextInt(file.size() / KILLS / 2));
                assertThat(server.process().waitFor(moments.nextInt(100), TimeUnit.MILLISECONDS))
                        .isFalse();
                server = kill.apply(server);
            }
            file.check(imports(server), sent);
        } finally {
            server.close();
        }
        try (var postgres = EmbeddedPostgres.start(data, EmbeddedPostgres.Options.DURABLE)) {
            file.check(postgres.address(), id);
        }
    }

    private static ImportClient imports(ServerAlone server) {
        return new ImportClient(server.bss());
    }

    private static void awaitRows(ServerAlone server, String id, int rows) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(OFTEN).until(() -> {
            var shown = server.bss().get("/imports/" + id);
            return shown.status() == 200
                    && shown.at("/data/attributes/rows/done").asInt() >= rows;
        });
    }

    /// That the server uses its database again.
    static ServerAlone recovered(ServerAlone server) {
        await().atMost(PATIENCE)
                .until(() -> server.bss().get("/users?page%5Bsize%5D=1").status() == 200);
        assertThat(server.process().isAlive()).isTrue();
        return server;
    }
}
