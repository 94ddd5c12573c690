package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The programs that `src/test/node` locks, such as newman, Spectral and Redocly, and the scripts there that need them.
/// Installed once into `target/node`: by `.ci/prepare`, or by the first test that needs one.
public final class NodeTools {
    private static final Path LOCKED = Path.of("src", "test", "node");
    private static final Path INSTALLED = Path.of("target", "node");
    private static final List<String> FILES = List.of("package.json", ".npmrc", "package-lock.json");

    private NodeTools() {}

    /// Runs one of them from the repository's folder.
    public static Program.Run run(String tool, String... arguments) {
        install();
        var command = new ArrayList<String>();
        command.add(INSTALLED.resolve("node_modules/.bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        var quiet = Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true", "NO_COLOR", "1");
        return Program.run(Path.of(""), quiet, command);
    }

    /// The packages of the tools, as a folder `node_modules`.
    public static Path modules() {
        install();
        return INSTALLED.resolve("node_modules").toAbsolutePath();
    }

    /// A script of `src/test/node`, at a place where it finds the packages.
    public static synchronized Path script(String name) {
        install();
        try {
            var place = INSTALLED.resolve(name).toAbsolutePath();
            Files.copy(LOCKED.resolve(name), place, StandardCopyOption.REPLACE_EXISTING);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void install() {
        Program.demand("node");
        var npm = Program.demand("npm");
        try {
            Files.createDirectories(INSTALLED);
            try (var channel = FileChannel.open(
                            INSTALLED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!isInstalled()) {
                    install(npm);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install(Path npm) throws IOException {
        for (var file : FILES) {
            Files.copy(LOCKED.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        var run = Program.run(INSTALLED, Map.of(), List.of(npm.toString(), "ci", "--ignore-scripts"));
        if (run.status() != 0) {
            Files.delete(INSTALLED.resolve("package-lock.json"));
            throw new AssertionError("npm ci failed:\n" + run.output());
        }
    }

    private static boolean isInstalled() throws IOException {
        var kept = INSTALLED.resolve("package-lock.json");
        return Files.exists(kept)
                && Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))
                && Files.mismatch(kept, LOCKED.resolve("package-lock.json")) < 0;
    }
}
