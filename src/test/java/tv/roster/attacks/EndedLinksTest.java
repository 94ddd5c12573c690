package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.attacks.Subscriber.email;
import static tv.roster.attacks.Subscriber.password;
import static tv.roster.attacks.Subscriber.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.FixedClock;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Links that were given out must not outlive what they were given out for: another password, state or address ends
/// them, and nothing brings them back. Another password ends the lockout as well.
class EndedLinksTest {
    private static final String PASSWORD = "three birds on a wire";
    /// Of "U*U", by Openwall's crypt_blowfish.
    private static final String HASH = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private static TestServer server;

    private final Subscriber anna = Subscriber.on(server);

    @BeforeAll
    static void start() {
        server = newServer(TestPostgres.newMigratedDatabase());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestServer newServer(DatabaseAddress database) {
        return new TestServer(
                Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"),
                new FixedClock(Instant.now()),
                database);
    }

    private static String attributes(String attributes) {
        return "'attributes':{" + attributes + "}";
    }

    /// What ends all links of a user.
    static Stream<Named<Consumer<Subscriber>>> endings() {
        return Stream.of(
                Named.of("a PATCH of the password", user -> user.change(password("four birds on a wire"))),
                Named.of("a PUT of the password", user -> user.put(password("four birds on a wire"))),
                Named.of("an imported hash", user -> user.importHash(HASH)),
                Named.of(
                        "another address and back",
                        user -> user.changeAttributes(email("bert@example.com"), email("anna@example.com"))),
                Named.of(
                        "no address and back",
                        user -> user.changeAttributes("'contact_details':null", email("anna@example.com"))),
                Named.of("another address by PUT", user -> user.put(attributes(email("bert@example.com")))),
                Named.of(
                        "the other state and back",
                        user -> user.changeAttributes(state("REGISTERED"), state("UNREGISTERED"))));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void endsTheLinksOfBothKinds(Consumer<Subscriber> ending) {
        var links = List.of(anna.link("ActivationLink"), anna.link("PasswordResetLink"));
        ending.accept(anna);
        for (var link : links) {
            assertThat(anna.browser().open(link).status()).isEqualTo(410);
            assertThat(anna.browser().choose(link, PASSWORD, PASSWORD).status()).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @MethodSource("endings")
    void endsTheInvitation(Consumer<Subscriber> ending) {
        var database = TestPostgres.newMigratedDatabase();
        // Closing the server finishes what was asked for.
        try (var own = newServer(database)) {
            var invited = Subscriber.on(own);
            invited.made("ActivationLink", "email");
            ending.accept(invited);
            for (var address : List.of("anna@example.com", "bert@example.com")) {
                var page = invited.browser().send("/forgot/t-" + invited.tenant(), Map.of("email", address));
                assertThat(page.status()).isEqualTo(200);
            }
        }
        assertThat(TestPostgres.value(database, "select count(*) from mail")).isEqualTo("1");
    }

    @Test
    void aLinkThatIsUsedEndsThatOfTheOtherKind() {
        var activation = anna.link("ActivationLink");
        var reset = anna.link("PasswordResetLink");
        assertThat(anna.browser().choose(reset, PASSWORD, PASSWORD).status()).isEqualTo(200);
        assertThat(anna.browser().choose(activation, PASSWORD, PASSWORD).status())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'name':'Bert'", "'contact_details':{'email':'ANNA@example.com'}"})
    void whatChangesNeitherPasswordNorStateNorAddressLeavesLinksGood(String attributes) {
        var link = anna.link("ActivationLink");
        anna.changeAttributes(attributes, state("UNREGISTERED"));
        assertThat(anna.browser().choose(link, PASSWORD, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aLinkThatWasMadeWhileAChangeWaitedEndsWithThatChange() throws SQLException {
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.prepareStatement("select from roster_user where id = ? for update")) {
            connection.setAutoCommit(false);
            statement.setObject(1, UUID.fromString(anna.id()));
            statement.execute();
            var link = Together.start(() -> anna.link("ActivationLink"));
            awaitWaiting(1);
            var change = CompletableFuture.runAsync(
                    () -> anna.changeAttributes(email("bert@example.com")), Thread::startVirtualThread);
            awaitWaiting(2);
            connection.rollback();
            change.join();
            assertThat(anna.browser().open(link.join()).status()).isEqualTo(410);
        }
    }

    /// Waits until so many statements on users wait for a lock.
    private static void awaitWaiting(int number) {
        await().untilAsserted(() -> assertThat(
                        server.value("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock' and query like '%roster_user%'"))
                .isEqualTo(Integer.toString(number)));
    }

    /// What sets a password that is [#PASSWORD], or that of [#HASH].
    static Stream<Named<Consumer<Subscriber>>> passwords() {
        return Stream.of(
                Named.of("a PATCH", user -> user.change(password(PASSWORD))),
                Named.of("a PUT", user -> user.put(password(PASSWORD))),
                Named.of("an imported hash", user -> user.importHash(HASH)),
                Named.of("a link", user -> user.browser().choose(user.link("PasswordResetLink"), PASSWORD, PASSWORD)));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void endsTheLockout(Consumer<Subscriber> setting) {
        anna.changeAttributes(state("REGISTERED"));
        anna.change(password("five birds on a wire"));
        for (int wrong = 1; wrong <= 10; wrong++) {
            assertThat(anna.logIn("wrong password")).isEqualTo("wrong_credentials");
        }
        anna.changeAttributes("'name':'Bert'", email("bert@example.com"), email("anna@example.com"));
        assertThat(anna.logIn("five birds on a wire")).isEqualTo("too_many_attempts");
        setting.accept(anna);
        assertThat(Stream.of(PASSWORD, "U*U").map(anna::logIn)).contains("accepted");
    }
}
