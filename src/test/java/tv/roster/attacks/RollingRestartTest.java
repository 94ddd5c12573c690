package tv.roster.attacks;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.Build;
import tv.roster.testing.Program;

/// Two servers behind HAProxy, restarted one after the other while clients call: no call is lost.
///
/// `-Droster.restarts=10` restarts each of them so often.
class RollingRestartTest {
    private static final int RESTARTS = Integer.getInteger("roster.restarts", 1);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostWhenBothAreRestarted() {
        Program.demand("haproxy");
        try (var nodes = new NodesBehindProxy(folder, Build.current())) {
            nodes.underLoad(() -> {
                for (int time = 0; time < 2 * RESTARTS; time++) {
                    nodes.replace(time % 2, Build.current());
                }
            });
        }
    }
}
