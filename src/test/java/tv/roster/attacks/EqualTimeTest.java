package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.TestPostgres;

/// How long a refused login takes does not tell whether there is such a user, whatever system the password came
/// from.
class EqualTimeTest {
    /// Cheap ones of our own, so that one of another system's stands out.
    private static final Map<String, String> SETTINGS =
            Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1");

    private static final int TRIES = 4;

    private static long milliseconds(Subscriber operator, String email) {
        long begun = System.nanoTime();
        assertThat(operator.logIn(email, "wrong password")).isEqualTo("wrong_credentials");
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /// The medians of some tries for each address, by turns: a machine that is busy is so for all of them.
    private static List<Long> medians(Subscriber operator, String... emails) {
        var times = Stream.of(emails).map(email -> new ArrayList<Long>()).toList();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            for (int at = 0; at < emails.length; at++) {
                times.get(at).add(milliseconds(operator, emails[at]));
            }
        }
        return times.stream()
                .map(each -> each.stream().sorted().toList().get(TRIES / 2))
                .toList();
    }

    @Test
    void anUnknownUserTakesAsLongAsOneWithADearHash() {
        var database = TestPostgres.newMigratedDatabase();
        Subscriber anna;
        try (var server = new TestServer(SETTINGS, InstantSource.system(), database)) {
            anna = Subscriber.on(server);
            var password = "three birds".getBytes(StandardCharsets.UTF_8);
            anna.importHash(OpenBSDBCrypt.generate("2b", password, new byte[16], 11));
            anna.bss().createUser(Subscriber.email("none@example.com"));
            var times = medians(anna, Subscriber.ADDRESS, "nobody@example.com", "none@example.com");
            long known = times.getFirst();
            assertThat(times).allMatch(time -> time >= known * 4 / 10 && time <= known * 25 / 10);
            assertThat(medians(Subscriber.on(server), Subscriber.ADDRESS).getFirst())
                    .as("a tenant without such hashes waits for none")
                    .isLessThan(known / 2);
        }
        // A node that has just been started knows it from the database.
        try (var again = new TestServer(SETTINGS, InstantSource.system(), database)) {
            var there =
                    new Subscriber(again, anna.tenant(), again.client(anna.bss().key()), anna.id());
            var times = medians(there, Subscriber.ADDRESS, "nobody-else@example.com");
            assertThat(times.getLast()).isGreaterThanOrEqualTo(times.getFirst() * 4 / 10);
        }
    }
}
