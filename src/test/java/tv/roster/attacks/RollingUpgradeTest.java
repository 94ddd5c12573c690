package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.Build;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// Two servers behind HAProxy, upgraded one after the other while clients call, and then taken back to the version
/// before: no call is lost. The first server of the new version migrates the schema while the other one, of the old
/// version, serves; afterwards the old version runs on the new schema.
///
/// `-Droster.released=FOLDER` names the release that is upgraded; see CONTRIBUTING.md. The version after this build has
/// the migrations in src/test/upgrades.
class RollingUpgradeTest {
    private static final String NEWEST = "select max(version) from flyway_schema_history where success";

    @TempDir
    Path folder;

    @Test
    void nothingIsLostWhenBothAreUpgradedAndGoBack() {
        Program.demand("haproxy");
        var released = Build.released();
        var upgraded = Build.next();
        try (var nodes = new NodesBehindProxy(folder, released)) {
            nodes.underLoad(() -> {
                nodes.replace(0, upgraded);
                assertThat(nodes.value(NEWEST)).isEqualTo("901");
                nodes.replace(1, upgraded);
                nodes.replace(0, released);
                nodes.replace(1, released);
            });
            assertThat(nodes.value(NEWEST)).isEqualTo("901");
            assertThat(nodes.value("select indisvalid from pg_index where indexrelid = 'user_nickname'::regclass"))
                    .isEqualTo("t");
            assertThat(nodes.log(1)).contains("has the schema of a newer Roster (901), with which this one");
        }
    }

    @Test
    void aServerThatNeedsWhatAContractStepHasRemovedIsRefused() {
        var database = TestPostgres.newDatabase();
        var settings = Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database));
        ServerAlone.start(folder.resolve("data"), settings, Build.afterNext(), "-Xmx128m")
                .close();
        assertThat(TestPostgres.value(database, NEWEST)).isEqualTo("902");
        var refused = ServerAlone.refused(folder.resolve("refused"), settings, Build.released(), "-Xmx128m");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains("has the schema of a newer Roster (902), which needs a server with migration 901 or newer")
                .doesNotContain("\tat ");
        ServerAlone.start(folder.resolve("data"), settings, Build.next(), "-Xmx128m")
                .close();
    }
}
