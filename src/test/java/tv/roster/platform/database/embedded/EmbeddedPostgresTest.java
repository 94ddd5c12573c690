package tv.roster.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tv.roster.platform.database.schema.PlainJdbc.execute;
import static tv.roster.platform.database.schema.PlainJdbc.open;
import static tv.roster.platform.database.schema.PlainJdbc.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.embedded.EmbeddedPostgres.Options;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.platform.database.session.PostgresFailure;

class EmbeddedPostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void dataAndPortAreKeptOverARestart() throws SQLException {
        DatabaseAddress first;
        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            first = postgres.address();
            execute(first, "create table kept (word text)");
            execute(first, "insert into kept values ('kept')");
        }
        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            assertThat(postgres.address()).isEqualTo(first);
            assertThat(query(postgres.address(), "select word from kept")).isEqualTo("kept");
        }
    }

    @Test
    void itIsDurableAndClosedToStrangers() throws SQLException {
        Map<String, String> expected = Map.of(
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "listen_addresses", "127.0.0.1",
                "ssl", "off",
                "unix_socket_directories", "",
                "password_encryption", "scram-sha-256",
                "server_encoding", "UTF8",
                "data_checksums", "on",
                "shared_preload_libraries", "pg_stat_statements");
        try (var postgres = EmbeddedPostgres.start(folder, Options.DURABLE)) {
            for (var setting : expected.entrySet()) {
                assertThat(query(postgres.address(), "show " + setting.getKey()))
                        .as(setting.getKey())
                        .isEqualTo(setting.getValue());
            }
            // The libraries for TLS and for ICU's collations are no longer maintained by their authors.
            assertThat(query(
                            postgres.address(),
                            "select string_agg(distinct datlocprovider::text, ',') from pg_database"))
                    .isEqualTo("b");
        }
    }

    @Test
    void everyConnectionNeedsThePassword() throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            DatabaseAddress address = postgres.address();
            assertThat(query(
                            address,
                            "select string_agg(distinct auth_method, ',') from pg_hba_file_rules where type = 'host'"))
                    .isEqualTo("scram-sha-256");
            for (String wrong : List.of("wrong", "")) {
                assertThatThrownBy(() -> query(withPassword(address, wrong), "select 1"))
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgresql-password"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("postgresql-password"))).matches("[0-9a-f]{64}\n");
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefusedInOneLine() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, Options.FOR_TESTS))
                    .isInstanceOf(PostgresFailure.class)
                    .hasMessageContaining("in use by another Roster server (process "
                            + ProcessHandle.current().pid() + ")")
                    .hasMessageNotContaining("\n");
            assertThat(query(postgres.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void afterAKillItComesBackByItselfWithEveryCommittedRow() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, Options.DURABLE)) {
            DatabaseAddress address = postgres.address();
            long killed = postgres.pid();
            execute(address, "create table answered (n int)");
            int rows = insertUntilKilled(address, killed);

            await().atMost(PATIENCE).ignoreExceptions().until(() -> query(address, "select 1"), "1"::equals);
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(query(address, "select count(*) >= " + rows + " from answered"))
                    .isEqualTo("t");
        }
    }

    @Test
    void aPostgresLeftRunningIsStoppedFirst() throws Exception {
        EmbeddedPostgres.start(folder, Options.FOR_TESTS).close();
        Process leftover = launchAside();
        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(query(postgres.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aNoteThatNamesAStrangersProcessIsNoObstacle() throws Exception {
        EmbeddedPostgres.start(folder, Options.FOR_TESTS).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Path cluster = folder.resolve("postgresql");
            Files.writeString(
                    PostmasterFile.in(cluster),
                    stranger.pid() + "\n" + cluster + "\n1700000000\n5432\n\n127.0.0.1\n\nready\n");
            try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
                assertThat(query(postgres.address(), "select 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void anInitialisationThatWasCutShortIsDoneAgain() throws IOException, SQLException {
        Files.writeString(
                Files.createDirectories(folder.resolve("postgresql.new")).resolve("PG_VERSION"), "18\n");

        try (var postgres = EmbeddedPostgres.start(folder, Options.FOR_TESTS)) {
            assertThat(query(postgres.address(), "select current_database()")).isEqualTo("roster");
        }
        assertThat(folder.resolve("postgresql.new")).doesNotExist();
    }

    @Test
    void dataOfAnotherReleaseIsRefusedInOneLine() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("postgresql")).resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, Options.FOR_TESTS))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("data of PostgreSQL 17")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aConfigurationThatPostgresRefusesIsToldInOneLine() throws IOException {
        EmbeddedPostgres.start(folder, Options.FOR_TESTS).close();
        Files.writeString(folder.resolve("postgresql/postgresql.conf"), "max_connections = many\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, Options.FOR_TESTS))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("postgresql.conf")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aLargeLogIsPutAside() throws IOException {
        Files.write(folder.resolve("postgresql.log"), new byte[11 << 20]);

        EmbeddedPostgres.start(folder, Options.FOR_TESTS).close();

        assertThat(folder.resolve("postgresql.log.1")).hasSize(11 << 20);
        assertThat(Files.size(folder.resolve("postgresql.log"))).isLessThan(1 << 20);
    }

    @Test
    void twoStartsUnpackTheProgramsAtOnce() throws Exception {
        List<Path> unpacked = Stream.of(1, 2)
                .parallel()
                .map(start -> unpack(List.of(Path.of("/proc/none"), folder)))
                .toList();

        assertThat(unpacked).allMatch(path -> Files.isExecutable(path.resolve("bin/postgres")));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isDirectory)).hasSize(1);
        }
    }

    private static Path unpack(List<Path> folders) {
        try {
            return PostgresBinaries.unpacked(folders).folder();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private int insertUntilKilled(DatabaseAddress address, long pid) throws SQLException {
        int answered = 0;
        Connection connection = open(address);
        try (connection) {
            var insert = connection.prepareStatement("insert into answered values (?)");
            while (true) {
                insert.setInt(1, answered);
                insert.executeUpdate();
                if (++answered == 200) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (SQLException killed) {
            return answered;
        }
    }

    /// A PostgreSQL that nobody watches, as the kill of a server leaves one.
    private Process launchAside() throws Exception {
        Path cluster = folder.resolve("postgresql");
        PostgresUser user = PostgresUser.choose(folder);
        String home = Optional.ofNullable(System.getenv("HOME")).orElse("/nonexistent");
        PostgresBinaries binaries = PostgresBinaries.unpacked(
                List.of(Path.of(home, ".cache/roster"), folder.resolve("postgresql-binaries")));
        int port = Integer.parseInt(
                Files.readString(folder.resolve("postgresql-port")).strip());
        Process process = user.command(List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        cluster.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "unix_socket_directories="))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(PATIENCE)
                .until(() -> PostmasterFile.read(cluster), (Predicate<PostmasterFile>) PostmasterFile::ready);
        return process;
    }

    private static DatabaseAddress withPassword(DatabaseAddress of, String password) {
        return new DatabaseAddress(
                of.host(), of.port(), of.database(), of.user(), new Password(password), of.sslMode());
    }
}
