package tv.roster.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.roster.installation.Generation.Status;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.testing.TestPostgres;

class GenerationsTest {
    private static Generation generation(int number, long sealing, @Nullable Long removed) {
        return new Generation(number, InstallationSecret.random(), sealing, sealing, removed);
    }

    private static Generations of(Generation... newestFirst) {
        return new Generations(Arrays.asList(newestFirst));
    }

    @Test
    void theNewestThatIsInUseSealsAndAllThatAreNotRemovedOpen() {
        var third = generation(3, 300, null);
        var second = generation(2, 200, 400L);
        var first = generation(1, 100, 350L);
        var all = of(third, second, first);
        assertThat(all.opening(299)).containsExactly(second, third, first);
        assertThat(all.opening(300)).containsExactly(third, second, first);
        assertThat(all.opening(350)).containsExactly(third, second);
        assertThat(all.opening(400)).containsExactly(third);
        assertThat(List.of(all.status(third, 299), all.status(second, 299), all.status(first, 299)))
                .containsExactly(Status.PENDING, Status.CURRENT, Status.FORMER);
        assertThat(all.status(first, 350)).isEqualTo(Status.REMOVED);
    }

    @Test
    void aNodeWhoseClockIsBehindSealsWithTheOldest() {
        var only = generation(1, 100, null);
        assertThat(of(only).opening(99)).containsExactly(only);
        assertThat(of(only).status(only, 99)).isEqualTo(Status.CURRENT);
    }

    @Test
    void whatWasSealedIsLostFromWhenTheNextGenerationSealed() {
        var all = of(generation(3, 300, null), generation(2, 200, 900L), generation(1, 100, 800L));
        assertThat(all.lostUntil(799)).isZero();
        assertThat(all.lostUntil(800)).isEqualTo(200);
        assertThat(all.lostUntil(900)).isEqualTo(300);
    }

    @Test
    void ringsStayTheSameUntilTheirKeysChange() {
        var all = of(generation(2, 200, null), generation(1, 100, null));
        var ring = KeyRing.of(List.of(), 0).at(all, 150);
        assertThat(ring.at(all, 199)).isSameAs(ring);
        var next = ring.at(all, 200);
        assertThat(next.of(KeyUse.LINKS).getFirst())
                .isEqualTo(ring.of(KeyUse.LINKS).get(1));
        assertThat(next.of(KeyUse.LINKS)).hasSize(3);
        assertThat(next.toString()).isEqualTo("KeyRing[2, 1]");
    }

    @Test
    void withoutAnyNothingIsSealed() {
        assertThatThrownBy(() -> of().opening(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSecretsOfRemovedGenerationsAreDeleted() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        try (var connection = TestPostgres.connect(address);
                var statement = connection.createStatement();
                var loops = new EventLoops(1);
                var database = new Database(loops, address, 1)) {
            statement.execute("insert into installation_secret (generation, secret, created_time, sealing_time,"
                    + " removed_time) values (1, 'a', 0, 0, 100), (2, 'b', 0, 0, 101), (3, 'c', 0, 0, null)");
            assertThat(InstallationSecrets.sweep(database, 100, 1000)).isEqualTo(1);
            assertThat(InstallationSecrets.sweep(database, 100, 1000)).isZero();
            var all = InstallationSecretsTable.all(database).all();
            assertThat(all).extracting(one -> one.secret() == null).containsExactly(false, false, true);
        }
    }
}
