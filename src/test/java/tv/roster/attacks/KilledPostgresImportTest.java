package tv.roster.attacks;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of PostgreSQL while a node carries an import out: it goes on, and each row is applied once.
class KilledPostgresImportTest {
    @TempDir
    Path folder;

    @Test
    void eachRowIsAppliedOnce() throws InterruptedException {
        new KilledImports(folder.resolve("data")).run(server -> {
            server.postmaster().orElseThrow().destroyForcibly();
            return KilledImports.recovered(server);
        });
    }
}
