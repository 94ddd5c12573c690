package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// How many connections there may be, of all clients and of one address, and how slowly those may send.
class ConnectionLimitsTest {
    private static final int LIMIT = 10;
    private static final String HERE = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";
    private static final String PROXY = "127.0.0.3";

    private final List<RawHttp> opened = new ArrayList<>();

    @AfterEach
    void letGo() {
        opened.forEach(RawHttp::close);
    }

    private static TestServer server(String... settings) {
        var all = new HashMap<String, String>();
        for (int at = 0; at < settings.length; at += 2) {
            all.put(settings[at], settings[at + 1]);
        }
        return new TestServer(all, InstantSource.system());
    }

    private RawHttp open(TestServer server, String from) {
        var connection = new RawHttp(URI.create(server.url()).getPort(), from);
        opened.add(connection);
        return connection;
    }

    private List<RawHttp> open(TestServer server, String from, int number) {
        return Stream.generate(() -> open(server, from)).limit(number).toList();
    }

    private static String get(ApiClient bss) {
        return "GET /api/user/management/v4/users HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + bss.key()
                + "\r\n\r\n";
    }

    private static boolean isServed(RawHttp connection) {
        try {
            return connection
                            .send("GET /docs HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status()
                    == 200;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    @Test
    void idleConnectionsOfStrangersMakeRoomAndThatOfAKnownCallerStays() {
        try (var server = server("ROSTER_CONNECTIONS", Integer.toString(LIMIT))) {
            var bss = server.newTenant();
            var known = open(server, HERE);
            assertThat(known.send(get(bss)).read().status()).isEqualTo(200);

            var strangers = open(server, HERE, 5 * LIMIT);

            assertThat(isServed(strangers.getLast())).isTrue();
            assertThat(known.send(get(bss)).read().status()).isEqualTo(200);
            assertThat(strangers.stream().filter(ConnectionLimitsTest::isServed).count())
                    .isLessThan(LIMIT);
        }
    }

    @Test
    void oneAddressHasItsLimitAndTakesNothingFromAnother() {
        try (var server = server("ROSTER_CONNECTIONS_PER_ADDRESS", Integer.toString(LIMIT))) {
            var others = open(server, HERE, LIMIT / 2);

            var strangers = open(server, STRANGER, 5 * LIMIT);

            assertThat(isServed(strangers.getLast())).isTrue();
            assertThat(strangers.stream().filter(ConnectionLimitsTest::isServed).count())
                    .isBetween(1L, (long) LIMIT);
            assertThat(others).allMatch(ConnectionLimitsTest::isServed);
        }
    }

    @Test
    void aTrustedProxyHasNoLimitOfItsOwn() {
        try (var server =
                server("ROSTER_CONNECTIONS_PER_ADDRESS", Integer.toString(LIMIT), "ROSTER_TRUSTED_PROXIES", PROXY)) {
            assertThat(open(server, PROXY, 5 * LIMIT)).allMatch(ConnectionLimitsTest::isServed);
        }
    }

    /// The slow ones are refused long before the time is up that a client has in all.
    @Test
    void whoSendsSlowerThanAKilobyteASecondIsRefusedAndWhoSendsFasterIsNot() {
        try (var server = server("ROSTER_REQUEST_TIMEOUT", "15")) {
            var bss = server.newTenant();
            var head = "POST /api/user/management/v4/users HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + bss.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
            var fast = open(server, HERE).send(head + "x".repeat(90_000));
            var fastHead = open(server, HERE).send("GET /docs HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(15_000));
            var slow = open(server, HERE).send(head + "x".repeat(100));
            var slowHead = open(server, HERE).send("GET /docs HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100));

            assertThat(ContractForm.code(slow.read())).isEqualTo("request_timeout");
            assertThat(ContractForm.code(slowHead.read())).isEqualTo("request_timeout");

            assertThat(ContractForm.code(fast.send("x".repeat(10_000)).read())).isEqualTo("malformed_json");
            assertThat(fastHead.send("\r\n\r\n").read().status()).isEqualTo(200);
        }
    }
}
