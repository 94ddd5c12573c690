package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// `./roster events --feed`. Readers of the feed wait for transactions of other tests, so these wait as well.
class FeedCommandTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:write", "events:read");
    private final Map<String, String> environment = Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", bss.key());

    private record Run(int status, String out, String errors) {}

    private static Run run(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(arguments, environment, new PrintWriter(out), new PrintWriter(errors), Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private Run until(String expected, String... arguments) {
        return await().atMost(PATIENCE)
                .until(() -> run(environment, arguments), run -> run.out().contains(expected));
    }

    @Test
    void theFeedIsPrintedToItsEndAndGoneOnWithFromThere() {
        bss.createUser("'name':'Anna','external_id':'10023'");
        var first = until("10023", "events", "--feed", "--tenant", "t-" + tenant);
        assertThat(first.status()).as(first.errors()).isZero();
        assertThat(first.out())
                .contains("user.created", "external_id=10023", "version=1", "changed=name,", "by=KEY")
                .hasLineCount(1);
        assertThat(first.errors()).contains("--after ");
        var cursor = first.errors().replaceFirst("(?s).*--after (\\S+).*", "$1");

        bss.createUser("'external_id':'10024'");
        var second = until("10024", "events", "--feed", "--after", cursor, "--json");
        assertThat(second.out()).hasLineCount(1);
        assertThat(new JsonMapper()
                        .readTree(second.out())
                        .at("/attributes/external_id")
                        .asString())
                .isEqualTo("10024");
    }

    @Test
    void kindsAndAUserAreFilteredByTheServer() {
        var anna = bss.createUser("'external_id':'10023'").id();
        var bea = bss.createUser("'external_id':'10024'").id();
        bss.delete("/users/" + anna);
        bss.delete("/users/" + bea);
        assertThat(until("user=" + anna, "events", "--feed", "--kind", "user.deleted", "--user", anna)
                        .out())
                .hasLineCount(1)
                .contains("user.deleted");
        assertThat(until("user=" + bea, "events", "--feed", "--kind", "user.deleted")
                        .out())
                .hasLineCount(2);
        assertThat(run(environment, "events", "--feed", "--kind", "user.vanished")
                        .errors())
                .contains("400 bad_query");
    }

    @Test
    void followPrintsWhatHappensFromNowOn() throws InterruptedException {
        bss.createUser("'external_id':'before'");
        until("before", "events", "--feed");
        var out = new StringWriter();
        var following = Thread.ofVirtual()
                .start(() -> Commands.run(
                        new String[] {"events", "--feed", "--follow", "--from-now"},
                        environment,
                        new PrintWriter(out),
                        new PrintWriter(new StringWriter()),
                        Map.of()));
        try {
            await().atMost(PATIENCE).until(() -> {
                bss.createUser("'name':'later'");
                return out.toString().contains("user.created");
            });
            assertThat(out.toString()).doesNotContain("before");
        } finally {
            following.interrupt();
            following.join();
        }
    }

    @Test
    void aKeyOfAnotherTenantIsRefused() {
        var refused = run(environment, "events", "--feed", "--tenant", "north-tv");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).contains("t-" + tenant, "./roster key create north-tv");
    }

    @Test
    void aKeyWithoutTheScopeIsRefused() {
        var other = server.newKey(tenant, "users:read");
        var refused = run(Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", other.key()), "events", "--feed");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("events:read", "403 insufficient_scope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events --after x",
                "events --from-now",
                "events --feed --since 1d",
                "events --feed --key Ab3dE6gH",
                "events --feed --after x --from-now"
            })
    void wrongUsageIsStatusTwo(String line) {
        var refused = run(environment, line.split(" "));
        assertThat(refused.status()).as(refused.errors()).isEqualTo(2);
        assertThat(refused.errors()).isNotEmpty();
    }
}
