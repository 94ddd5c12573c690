package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.attacks.Subscriber.state;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;

/// bcrypt looks at the first 72 bytes of a password. Whoever logs in with those and another end must not shut out
/// whose password it is.
class TruncatingHashesTest {
    private static final String LONG =
            "a password of eighty-seven characters, ".repeat(3).substring(0, 87);

    private static TestServer server;

    private final Subscriber anna = Subscriber.on(server);

    @BeforeAll
    static void start() {
        server = new TestServer(
                Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private void importBcryptOf(String password) {
        var bytes = password.getBytes(StandardCharsets.UTF_8);
        var seen = Arrays.copyOf(bytes, Math.min(72, bytes.length));
        anna.importHash(OpenBSDBCrypt.generate("2b", seen, new byte[16], 4));
        anna.changeAttributes(state("REGISTERED"));
    }

    private String storedHash() {
        return server.value("select password_hash from roster_user where id = ?", UUID.fromString(anna.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " and another end", "\u00e4"})
    void aLoginWithTheBeginningDoesNotTakeTheOwnersPlace(String end) {
        importBcryptOf(LONG);
        var imported = storedHash();
        assertThat(anna.logIn(LONG.substring(0, 72) + end)).isEqualTo("accepted");
        assertThat(storedHash()).isEqualTo(imported);
        assertThat(anna.logIn(LONG)).isEqualTo("accepted");
    }

    @Test
    void bytesCountAndNotCharacters() {
        importBcryptOf("\u00e4".repeat(44));
        assertThat(anna.logIn("\u00e4".repeat(36))).isEqualTo("accepted");
        assertThat(anna.logIn("\u00e4".repeat(44))).isEqualTo("accepted");
    }

    @Test
    void aPasswordAsItWasTypedCountsToo() {
        var decomposed = "a\u0308".repeat(44);
        importBcryptOf(decomposed);
        assertThat(anna.logIn("a\u0308".repeat(24))).isEqualTo("accepted");
        assertThat(anna.logIn(decomposed)).isEqualTo("accepted");
    }

    @Test
    void aPasswordThatTheHashSawWholeIsHashedAnew() {
        importBcryptOf(LONG.substring(0, 71));
        assertThat(anna.logIn(LONG.substring(0, 72))).isEqualTo("wrong_credentials");
        assertThat(anna.logIn(LONG.substring(0, 71))).isEqualTo("accepted");
        assertThat(storedHash()).startsWith("$argon2id$");
        assertThat(anna.logIn(LONG.substring(0, 71))).isEqualTo("accepted");
    }
}
