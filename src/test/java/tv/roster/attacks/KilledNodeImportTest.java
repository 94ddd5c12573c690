package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the node that carries an import out: another one goes on, and each row is applied once.
class KilledNodeImportTest {
    @TempDir
    Path folder;

    @Test
    void eachRowIsAppliedOnce() throws InterruptedException {
        var data = folder.resolve("data");
        new KilledImports(data).run(server -> {
            assertThat(server.process().destroyForcibly().onExit().join().exitValue())
                    .isNotZero();
            return KilledImports.start(data);
        });
    }
}
