package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Json;

/// The commands as a person runs them, against a real server: arguments in, words and exit status out.
class CliTest {
    private static final Pattern SECRET = Pattern.compile("rst_[A-Za-z0-9]{8}_[A-Za-z0-9]{43}");

    private final TestServer server = TestServer.shared();
    private final String slug = AdminClient.newSlug();

    private record Run(int status, String out, String errors) {
        JsonNode json() {
            return new JsonMapper().readTree(out);
        }

        String secret() {
            var matcher = SECRET.matcher(out);
            assertThat(matcher.find()).as(out).isTrue();
            return matcher.group();
        }
    }

    private Run run(String... arguments) {
        return run(Map.of("ROSTER_DATA", server.data().toString()), arguments);
    }

    private static Run run(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(arguments, environment, new PrintWriter(out), new PrintWriter(errors), Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private Run done(String... arguments) {
        var run = run(arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run;
    }

    @Test
    void anOperatorIsSetUpFromNothingWithTheCommandsAlone() {
        assertThat(done("tenant", "create", slug, "--name", "North TV", "--flag", "GOLD", "--allow", "203.0.113.0/24")
                        .out())
                .contains(slug, "North TV", "GOLD", "203.0.113.0/24");
        var key = done("key", "create", slug, "--name", "CRM").secret();
        var bss = server.client(key);
        var refused = bss.post("/users", ApiClient.user("{}"));
        assertThat(refused.status()).isEqualTo(403);
        var address = refused.textAt("/errors/0/meta/address");

        assertThat(run("allow-list", "test", slug, address).status()).isEqualTo(4);
        assertThat(done("allow-list", "set", slug, "--add", address).out()).contains("203.0.113.0/24", "127.0.0.1/32");
        assertThat(done("allow-list", "test", slug, address).out()).contains("is allowed by 127.0.0.1/32");
        var made = bss.post("/users", ApiClient.user("{}"));
        assertThat(made.status()).isEqualTo(201);

        var prefix = key.substring(4, 12);
        var second = done("key", "rotate", prefix, "--overlap", "0s").secret();
        assertThat(bss.get("/users").status()).isEqualTo(401);
        assertThat(server.client(second).get("/users").status()).isEqualTo(200);
        assertThat(done("key", "revoke", prefix).out()).contains(prefix);
        assertThat(server.client(second).get("/users").status()).isEqualTo(401);
        assertThat(done("key", "list", slug).out()).contains(prefix, "revoked").doesNotContain(second);

        assertThat(done("events", "--tenant", slug).out())
                .containsSubsequence(
                        "tenant.created",
                        "api_key.created",
                        "tenant.updated",
                        "user.created",
                        "api_key.rotated",
                        "api_key.revoked")
                .doesNotContain(key, second);
        assertThat(run("tenant", "delete", slug, "--yes").errors()).contains("tenant_has_users");
        done("tenant", "delete", slug, "--yes", "--with-users");
        assertThat(run("tenant", "show", slug).status()).isEqualTo(1);
    }

    @Test
    void settingsAreGivenByNameAndBroughtBackByAnEmptyValue() {
        done("tenant", "create", slug, "--name", "North", "--set", "rate_limit=100/1s", "--set", "languages=fi,sv");
        var changed = done(
                "tenant",
                "update",
                slug,
                "--json",
                "--set",
                "rate_limit=",
                "--set",
                "reset_link_seconds=600",
                "--name",
                "Nord");
        assertThat(changed.json().at("/data/attributes/settings/rate_limit").isNull())
                .isTrue();
        assertThat(changed.json()
                        .at("/data/attributes/settings/reset_link_seconds")
                        .asInt())
                .isEqualTo(600);
        assertThat(changed.json().at("/data/attributes/settings/languages").toString())
                .isEqualTo(Json.json("['fi','sv']"));
        assertThat(changed.json().at("/data/attributes/name").asString()).isEqualTo("Nord");
        assertThat(done("tenant", "list").out()).contains(slug);
    }

    @Test
    void theServersOwnWordsAreToldWithStatusOne() {
        var refused = run("tenant", "create", "North", "--name", "N");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("A slug has lower-case letters", "422 invalid_value at slug");
        assertThat(refused.out()).isEmpty();
        assertThat(run("key", "revoke", "zzzzzzzz").errors()).contains("There is no key zzzzzzzz.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant create",
                "tenant delete x",
                "tenant frobnicate",
                "key create --name N",
                "key create x --admin --name N",
                "allow-list set x",
                "allow-list test x 127.1",
                "events --last many",
                "completion fish"
            })
    void wrongUsageIsStatusTwo(String line) {
        var refused = run(line.split(" "));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant",
                "tenant create",
                "key",
                "key rotate",
                "allow-list",
                "allow-list test",
                "events",
                "webhook",
                "webhook replay"
            })
    void everyCommandHasHelp(String line) {
        var help = run((line + " --help").split(" "));
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: ./roster " + line);
    }

    @Test
    void theLastNetworkIsNotTakenOutByAccident() {
        done("tenant", "create", slug, "--name", "North", "--allow", "203.0.113.0/24");
        assertThat(run("allow-list", "set", slug, "--remove", "203.0.113.0/24").errors())
                .contains("--everywhere");
        assertThat(done("allow-list", "set", slug, "--everywhere").out()).contains("everywhere");
        done("allow-list", "set", slug, "198.51.100.0/24", "2001:db8::/32");
        assertThat(done("allow-list", "show", slug).out().lines()).containsExactly("198.51.100.0/24", "2001:db8::/32");
    }

    @Test
    void aKeyHasAListOfItsOwn() {
        done("tenant", "create", slug, "--name", "North");
        var key = done("key", "create", slug, "--name", "N", "--allow", "203.0.113.9")
                .secret()
                .substring(4, 12);
        assertThat(done("allow-list", "show", "--key", key).out()).contains("203.0.113.9/32");
        assertThat(run("allow-list", "test", slug, "203.0.113.8", "--key", key).status())
                .isEqualTo(4);
        assertThat(done("allow-list", "test", slug, "203.0.113.9", "--key", key).out())
                .contains("the empty list", "203.0.113.9/32");
    }

    @Test
    void aRemoteServerIsNamedByItsAddressAndKeyTogether() {
        var remote = Map.of("ROSTER_URL", server.adminUrl() + "/", "ROSTER_ADMIN_KEY", server.adminKey());
        assertThat(run(remote, "tenant", "list").status()).isZero();
        var withoutKey = run(
                Map.of(
                        "ROSTER_URL",
                        server.adminUrl(),
                        "ROSTER_DATA",
                        server.data().toString()),
                "tenant",
                "list");
        assertThat(withoutKey.status()).isEqualTo(2);
        assertThat(withoutKey.errors()).contains("ROSTER_ADMIN_KEY");
        var wrongKey = new HashMap<>(remote);
        wrongKey.put("ROSTER_ADMIN_KEY", "rst_no");
        assertThat(run(wrongKey, "tenant", "list").errors()).contains("401 unauthorized");
    }

    @Test
    void withoutAServerTheCommandSaysHowToGetOne(@TempDir Path empty) {
        var nobody = run(Map.of("ROSTER_DATA", empty.toString()), "tenant", "list");
        assertThat(nobody.status()).isEqualTo(3);
        assertThat(nobody.errors()).contains("./roster serve", "ROSTER_URL");
        var gone = run(Map.of("ROSTER_URL", "http://127.0.0.1:1", "ROSTER_ADMIN_KEY", "k"), "tenant", "list");
        assertThat(gone.status()).isEqualTo(3);
    }

    @Test
    void rotatingTheLocalAdminKeyKeepsTheNewOne() throws Exception {
        try (var own = new TestServer(Map.of(), InstantSource.system())) {
            var here = Map.of("ROSTER_DATA", own.data().toString());
            assertThat(own.data().resolve("server-url")).content().startsWith(own.adminUrl() + "\n");
            var before = own.adminKey();
            assertThat(run(here, "key", "rotate", before.substring(4, 12), "--overlap", "0s")
                            .status())
                    .isZero();
            assertThat(own.adminKey()).isNotEqualTo(before);
            assertThat(run(here, "tenant", "list").status()).isZero();
        }
    }

    @Test
    void followPrintsWhatComesLater() throws Exception {
        done("tenant", "create", slug, "--name", "North");
        var out = new StringWriter();
        var following = Thread.ofVirtual()
                .start(() -> Commands.run(
                        new String[] {"events", "--follow", "--tenant", slug},
                        Map.of("ROSTER_DATA", server.data().toString()),
                        new PrintWriter(out),
                        new PrintWriter(new StringWriter()),
                        Map.of()));
        await().until(() -> out.toString().contains("tenant.created"));
        done("tenant", "update", slug, "--name", "Nord");
        await().until(() -> out.toString().contains("tenant.updated"));
        assertThat(out.toString().split("tenant.created", -1)).hasSize(2);
        following.interrupt();
        following.join();
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(done("completion", "bash").out()).contains("complete -F", "allow-list", "serve", "--overlap");
    }
}
