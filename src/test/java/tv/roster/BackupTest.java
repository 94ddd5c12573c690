package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.JavaProcess;
import tv.roster.testing.Json;
import tv.roster.testing.RunFolder;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// `./roster backup` and `./roster restore`.
class BackupTest {
    private static final String USER = """
            {'data':{'type':'User','attributes':{'name':'Änna \\\\ Tab','external_id':'%s',
            'contact_details':{'email':'%s@example.com'}},'meta':{'security':{'user_password':'quiet-harbour-42-lamp'}}}}""";

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private record Run(int status, String out, String errors) {
        Run succeeded() {
            assertThat(status).as(errors).isZero();
            return this;
        }

        void failedInOneLine(String... words) {
            assertThat(status).as(errors).isEqualTo(1);
            assertThat(errors.lines()).singleElement().asString().contains(words);
        }
    }

    private static Run roster(Map<String, String> settings, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status =
                MachineCommands.run(arguments, settings, new PrintWriter(out, true), new PrintWriter(errors, true));
        return new Run(status, out.toString(), errors.toString());
    }

    private static Map<String, String> on(DatabaseAddress database) {
        return Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database));
    }

    private Path backupOf(TestServer server) {
        var file = folder.resolve("roster.backup");
        roster(on(server.database()), "backup", file.toString()).succeeded();
        return file;
    }

    private static void create(ApiClient bss, String name) {
        assertThat(bss.post("/users", USER.formatted(name, name)).status()).isEqualTo(201);
    }

    /// Everything that a database contains: each table's rows, and how the tables are built.
    private static Map<String, String> content(DatabaseAddress database) {
        var content = new TreeMap<String, String>();
        content.put("indexes", TestPostgres.value(database, """
                        select string_agg(indexdef, chr(10) order by indexdef) from pg_indexes
                         where schemaname = 'public'"""));
        content.put("constraints", TestPostgres.value(database, """
                        select string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid),
                            chr(10) order by conrelid::regclass::text, conname)
                          from pg_constraint where connamespace = 'public'::regnamespace"""));
        var tables = TestPostgres.value(database, """
                select string_agg(relname, ' ') from pg_class
                 where relkind = 'r' and relnamespace = 'public'::regnamespace
                   and relname <> 'flyway_schema_history'""");
        for (var table : tables.split(" ", -1)) {
            content.put(
                    table,
                    TestPostgres.value(
                            database, "select string_agg(t::text, chr(10) order by t::text) from " + table + " t"));
        }
        return content;
    }

    private static boolean isInstalled(DatabaseAddress database) {
        return TestPostgres.value(database, "select to_regclass('installation')") != null
                && "1".equals(TestPostgres.value(database, "select count(*) from installation"));
    }

    @Test
    void aRestoredDatabaseIsTheSameAndServesTheSameKeys() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newTenant("vip");
            create(bss, "anna");
            create(bss, "bo");
            var restored = TestPostgres.newDatabase();
            var file = backupOf(server);
            var run = roster(on(restored), "restore", file.toString()).succeeded();
            assertThat(run.errors()).matches("Restored: [0-9,]+ rows of [0-9]+ tables\\.\\s*");
            assertThat(run.out()).isEmpty();
            // Keys in use are noted in the original meanwhile.
            var expected = content(server.database());
            var found = content(restored);
            for (var tables : List.of(expected, found)) {
                tables.keySet().removeAll(List.of("api_key"));
            }
            assertThat(found).isEqualTo(expected);
            assertThat(found.get("roster_user")).contains("Änna \\\\ Tab", "anna@example.com");
            try (var second = new TestServer(Map.of(), InstantSource.system(), restored)) {
                var there = second.client(bss.key());
                assertThat(there.get("/users/by_external_id/anna").status()).isEqualTo(200);
                assertThat(there.post("/users", USER.formatted("anna", "c")).status())
                        .isEqualTo(409);
                create(there, "new");
            }
        }
    }

    @Test
    void theEmbeddedPostgresIsBackedUpWhileItRunsAndWhileItIsStopped() throws Exception {
        var data = Files.createDirectory(folder.resolve("first")).resolve("data");
        var running = folder.resolve("running.backup");
        var stopped = folder.resolve("stopped.backup");
        String key;
        try (var server = ServerAlone.start(data, "-Xmx256m")) {
            create(server.bss(), "anna");
            key = Files.readString(data.resolve("demo-key")).strip();
            alone(data, "backup", running.toString());
        }
        alone(data, "backup", stopped.toString());
        for (var file : List.of(running, stopped)) {
            var restored = Files.createDirectory(folder.resolve(file.getFileName() + ".restored"))
                    .resolve("data");
            alone(restored, "restore", file.toString());
            try (var server = ServerAlone.start(restored, "-Xmx256m")) {
                var bss = new ApiClient(server.url() + "/api/user/management/v4", key);
                assertThat(bss.get("/users/by_external_id/anna").status())
                        .as(file.toString())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aPipeMovesAnInstallationToAnotherDatabaseAndBack() throws Exception {
        var data = Files.createDirectory(folder.resolve("first")).resolve("data");
        try (var server = ServerAlone.start(data, "-Xmx256m")) {
            create(server.bss(), "anna");
        }
        var own = TestPostgres.newDatabase();
        var piped = folder.resolve("piped");
        var backup =
                process(Map.of("ROSTER_DATA", data.toString()), "backup", "-").redirectOutput(piped.toFile());
        finish(backup);
        var restore = process(on(own), "restore", "-").redirectInput(piped.toFile());
        finish(restore);
        try (var server = new TestServer(Map.of(), InstantSource.system(), own)) {
            create(server.client(Files.readString(data.resolve("demo-key")).strip()), "bo");
        }
        var back = Files.createDirectory(folder.resolve("back")).resolve("data");
        var file = folder.resolve("own.backup").toString();
        roster(on(own), "backup", file).succeeded();
        alone(back, "restore", file);
        Files.copy(data.resolve("demo-key"), back.resolve("demo-key"));
        try (var server = ServerAlone.start(back, "-Xmx256m")) {
            assertThat(server.bss().get("/users").at("/data").size()).isEqualTo(2);
        }
    }

    @Test
    void aBackupIsOfOneMomentHoweverMuchIsWrittenMeanwhile() throws Exception {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newTenant();
            create(bss, "first");
            var done = new AtomicBoolean();
            var writer = Together.start(() -> {
                int count = 0;
                while (count < 5_000 && !done.get()) {
                    bss.post("/users", """
                            {'data':{'type':'User','attributes':{'external_id':'%d'}}}""".formatted(count++));
                }
                return count;
            });
            var file = backupOf(server);
            done.set(true);
            assertThat(writer.join()).isPositive();
            var restored = TestPostgres.newDatabase();
            roster(on(restored), "restore", file.toString()).succeeded();
            var users = TestPostgres.value(restored, "select count(*) from roster_user");
            assertThat(TestPostgres.value(restored, "select count(*) from user_profile"))
                    .isEqualTo(users);
            assertThat(TestPostgres.value(restored, "select count(*) from user_event where kind = 'user.created'"))
                    .isEqualTo(users);
        }
    }

    @Test
    void aPlaceThatHasAnInstallationRemainsAsItIs() {
        try (var server = new TestServer(Map.of(), InstantSource.system());
                var other = new TestServer(Map.of(), InstantSource.system())) {
            create(other.newTenant(), "other");
            var before = content(other.database());
            roster(on(other.database()), "restore", backupOf(server).toString())
                    .failedInOneLine("There is an installation already", "ROSTER_DATABASE_URL");
            assertThat(content(other.database())).isEqualTo(before);
        }
    }

    @Test
    void aDamagedIncompleteOrForeignFileRestoresNothing() throws IOException {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            create(server.newTenant(), "anna");
            var bytes = Files.readAllBytes(backupOf(server));
            var truncated = Arrays.copyOf(bytes, bytes.length * 2 / 3);
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            var withoutEnd = Arrays.copyOf(bytes, text.indexOf("end.json"));
            var flipped = bytes.clone();
            var user = text.indexOf("roster_user.copy");
            flipped[user + "roster_user.copy".length() + 40] ^= 0x10;
            var content = TestPostgres.newDatabase();
            for (var damaged : List.of(
                    truncated, withoutEnd, flipped, new byte[0], "PK nothing".getBytes(StandardCharsets.UTF_8))) {
                refused(content, damaged);
            }
            refused(content, changed(bytes, "tables/roster_user.copy", "Änna", "Enna"));
            refused(content, changed(bytes, "manifest.json", "roster_user", "roster_uses"));
            refused(content, changed(bytes, "manifest.json", "'schema':'0", "'schema':'9"));
            refused(content, changed(bytes, "manifest.json", "'format':1", "'format':2"));
            refused(content, changed(bytes, "end.json", "'rows':1", "'rows':2"));
            // None of these is in the way of the intact one.
            var intact = folder.resolve("roster.backup").toString();
            roster(Map.of(), "restore", "--check", intact).succeeded();
            roster(on(content), "restore", intact).succeeded();
            assertThat(TestPostgres.value(content, "select count(*) from roster_user"))
                    .isEqualTo("1");
        }
    }

    private void refused(DatabaseAddress database, byte[] content) throws IOException {
        var file = folder.resolve("damaged.backup");
        Files.write(file, content);
        roster(on(database), "restore", file.toString()).failedInOneLine("backup");
        assertThat(isInstalled(database)).isFalse();
    }

    /// The same archive with another text in one of its entries, and matching checksums of the ZIP format.
    private byte[] changed(byte[] archive, String entry, String from, String to) throws IOException {
        var source = folder.resolve("source.zip");
        var target = folder.resolve("changed.zip");
        Files.write(source, archive);
        try (var zip = new ZipFile(source.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (var one : Collections.list(zip.entries())) {
                var text = new String(zip.getInputStream(one).readAllBytes(), StandardCharsets.UTF_8);
                if (one.getName().equals(entry)) {
                    assertThat(text).contains(Json.json(from));
                    text = text.replace(Json.json(from), Json.json(to));
                }
                out.putNextEntry(new ZipEntry(one.getName()));
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return Files.readAllBytes(target);
    }

    @Test
    void onlyTheOwnerCanReadTheFileAndAFailureKeepsTheFormerOne() throws IOException {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var file = backupOf(server);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var former = Files.readAllBytes(file);
            TestPostgres.allowConnections(server.database(), false);
            var again = Map.of("ROSTER_DATABASE_URL", TestPostgres.url(server.database()), "ROSTER_DATABASE_WAIT", "0");
            assertThat(roster(again, "backup", file.toString()).status()).isEqualTo(1);
            TestPostgres.allowConnections(server.database(), true);
            assertThat(Files.readAllBytes(file)).isEqualTo(former);
            roster(
                            on(server.database()),
                            "backup",
                            folder.resolve("no/such/folder").toString())
                    .failedInOneLine("no/such/folder");
        }
    }

    @Test
    void aDataFolderOfAnotherUserIsLeftToThatUser() throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a folder away");
        var data = Files.createDirectory(folder.resolve("data"));
        Files.setAttribute(data, "unix:uid", 65_534);
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            roster(
                            Map.of("ROSTER_DATA", data.toString()),
                            "restore",
                            backupOf(server).toString())
                    .failedInOneLine("belongs to the user", "run the command as that user");
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void wrongArgumentsAreReportedWithStatus2() {
        for (var arguments : List.of(
                List.of("backup"),
                List.of("backup", "a", "b"),
                List.of("restore"),
                List.of("restore", "--chek", "a"))) {
            assertThat(roster(Map.of(), arguments.toArray(String[]::new)).status())
                    .as(arguments.toString())
                    .isEqualTo(2);
        }
        roster(Map.of(), "restore", folder.resolve("missing").toString()).failedInOneLine("There is no file");
    }

    private void alone(Path data, String... arguments) throws Exception {
        finish(process(Map.of("ROSTER_DATA", data.toString()), arguments));
    }

    private ProcessBuilder process(Map<String, String> settings, String... arguments) {
        var builder = JavaProcess.of(
                folder, List.of("-Xmx128m", "--enable-native-access=ALL-UNNAMED"), "tv.roster.Main", arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().putAll(settings);
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private void finish(ProcessBuilder builder) throws Exception {
        var errors = Files.createTempFile(folder, "errors", "");
        var process = builder.redirectError(errors.toFile()).start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    }
}
