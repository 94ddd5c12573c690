package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;
import tv.roster.testing.RawHttp.RawAnswer;

/// Thousands of requests that nobody should send: each is answered as the contract says, and none harms the server.
class HostileTest {
    private static final long SEED = 20_260_101;
    private static final int REQUESTS = 1_500;
    private static final TestServer SERVER = TestServer.shared();

    private final ApiClient bss = SERVER.newTenant("GOLD");

    @Test
    void everyHostileRequestIsAnsweredInTheContractsFormAndTheServerServesOn() {
        var user = bss.createUser("");
        var profile = user.textAt("/data/relationships/default_user_profile/data/id");
        var requests = new HostileRequests(SEED, bss.key(), user.id(), profile);
        var statuses = new TreeMap<Integer, Integer>();
        var connection = new RawHttp(URI.create(SERVER.url()).getPort());
        for (int at = 0; at < REQUESTS; at++) {
            var request = requests.next();
            var answer = answer(connection, request, at);
            statuses.merge(answer.status(), 1, Integer::sum);
            assertThat(answer.status())
                    .as(
                            "request %d: %s",
                            at, new String(request, 0, Math.min(300, request.length), StandardCharsets.ISO_8859_1))
                    .isBetween(200, 499);
            if (answer.status() >= 400) {
                ContractForm.checkError(answer);
            }
            if ("close".equals(answer.header("Connection"))) {
                connection.close();
                connection = new RawHttp(URI.create(SERVER.url()).getPort());
            }
        }
        connection.close();
        // The requests reach far enough to be refused for many reasons.
        assertThat(statuses).containsKeys(200, 400, 404, 405, 409, 413, 415, 422);
        assertThat(bss.get("/users/" + user.id()).status()).isEqualTo(200);
        assertThat(bss.createUser("").status()).isEqualTo(201);
    }

    private static RawAnswer answer(RawHttp connection, byte[] request, int number) {
        try {
            return connection.send(request).read();
        } catch (UncheckedIOException e) {
            throw new AssertionError("request " + number + " was not answered", e);
        }
    }
}
