package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.Program;
import tv.roster.testing.TestPostgres;

/// The launcher `roster` in an unpacked package: the program's jar and its libraries, without sources.
class LauncherTest {
    @TempDir
    Path home;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("roster"), home.resolve("roster"));
        Files.createDirectory(home.resolve("lib"));
        var classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        pack(classes, home.resolve("roster.jar"));
    }

    /// Java caches nothing of classes in folders. The jar leads to its libraries, which are not copied for the test.
    private static void pack(Path classes, Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var files = Files.walk(classes)) {
            out.setLevel(0);
            for (var file : (Iterable<Path>) files.skip(1)::iterator) {
                var name = classes.relativize(file).toString();
                boolean isFolder = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(file, out);
                }
            }
        }
    }

    private static String libraries() {
        var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(path -> path.endsWith(".jar"))
                .map(path -> Path.of(path).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    private Program.Run roster(Map<String, String> settings, String command) {
        var variables = new HashMap<>(settings);
        variables.put("ROSTER_JAVA_HOME", System.getProperty("java.home"));
        variables.put("ROSTER_DATA", home.resolve("data").toString());
        return Program.run(home, variables, List.of(home.resolve("roster").toString(), command));
    }

    private List<String> caches() {
        try (var files = Files.list(home.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".aot"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStartThatFailsLeavesNoCacheOfWhatJavaLearnt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());
            var database = TestPostgres.url(TestPostgres.newDatabase());
            var run = roster(
                    Map.of("ROSTER_PORT", port, "ROSTER_HEALTH_PORT", "0", "ROSTER_DATABASE_URL", database), "serve");
            assertThat(run.status()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .contains("Cannot listen on 127.0.0.1:" + port)
                    .doesNotContain("\tat ", "AOT");
            assertThat(caches()).isEmpty();
        }
    }

    @Test
    void aStartWithAWrongSettingLeavesNoneEither() {
        var run = roster(Map.of("ROSTER_PORT", "many"), "serve");
        assertThat(run.status()).as(run.output()).isEqualTo(2);
        assertThat(run.output()).contains("ROSTER_PORT: ");
        assertThat(caches()).isEmpty();
    }

    @Test
    void adminKeyIsACommandOfTheLauncher() {
        var run = roster(Map.of(), "admin-key");
        assertThat(run.status()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("no installation in " + home.resolve("data"));
        assertThat(roster(Map.of(), "help").output()).contains("  admin-key  ");
    }
}
