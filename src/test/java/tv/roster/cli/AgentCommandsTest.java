package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;

/// The agent commands, against a real server.
class AgentCommandsTest {
    private static final String LINK = "/console/setup\\?token=[A-Za-z0-9_-]{43}";

    private final TestServer server = TestServer.shared();
    private final String slug = AdminClient.newSlug();
    private final String email = "olga-" + UUID.randomUUID() + "@north-tv.example";

    private record Run(int status, String out, String errors) {}

    private Run run(String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(
                arguments,
                Map.of("ROSTER_DATA", server.data().toString()),
                new PrintWriter(out),
                new PrintWriter(errors),
                Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private String done(String... arguments) {
        var run = run(arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run.out();
    }

    @Test
    void anAgentComesIsDisabledAndGoes() {
        done("tenant", "create", slug, "--name", "North TV");
        var made = done("agent", "create", email, "--name", "Olga Berg", "--role", "agent", "--tenant", slug);
        assertThat(made)
                .contains("INVITED", "AGENT", "Olga Berg", "shown only now")
                .containsPattern(LINK);
        assertThat(done("agent", "list", slug)).contains(email, slug, "INVITED").doesNotContain("token");
        assertThat(done("agent", "update", email, "--role", "viewer", "--tenant", ""))
                .contains("VIEWER");
        assertThat(done("agent", "list", slug)).doesNotContain(email);
        assertThat(done("agent", "disable", email)).contains("DISABLED");
        assertThat(done("agent", "enable", email)).contains("INVITED");
        assertThat(done("agent", "setup-link", email)).containsPattern(LINK);
        assertThat(done("agent", "setup-link", email, "--json")).containsPattern(LINK);
        assertThat(done("agent", "end-sessions", email)).contains("have ended");
        assertThat(done("agent", "delete", email)).contains("Deleted " + email);
        assertThat(run("agent", "disable", email).errors()).contains("There is no agent");
    }

    @Test
    void whatIsWrongIsReported() {
        var misspelt = run("agent", "create", email, "--name", "Olga", "--role", "boss");
        assertThat(misspelt.status()).isEqualTo(1);
        assertThat(misspelt.errors()).contains("invalid_value", "VIEWER, AGENT, MANAGER, ADMINISTRATOR");
        done("agent", "create", email, "--name", "Olga", "--role", "administrator");
        assertThat(run("agent", "create", email, "--name", "Olga", "--role", "viewer")
                        .errors())
                .contains("email_taken");
        assertThat(run("agent", "update", email).status()).isEqualTo(2);
    }
}
