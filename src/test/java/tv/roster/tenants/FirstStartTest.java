package tv.roster.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;

/// What a new installation begins with, and what the server prints of it when it is ready.
class FirstStartTest {
    @Test
    void aTrialBeginsWithATenantAndPrintsACallThatWorks() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            assertThat(server.data().resolve("demo-key")).exists();
            assertThat(server.readyLines()).contains("A tenant \"demo\" was made", "The first call to try:", "curl");
            assertThat(server.admin().get("/tenants").at("/data")).hasSize(1);
        }
    }

    @Test
    void anInstallationWithoutTheDemoBeginsWithAnAdminKeyAlone() {
        try (var server = new TestServer(Map.of("ROSTER_DEMO", "off"), InstantSource.system())) {
            assertThat(server.data().resolve("demo-key")).doesNotExist();
            assertThat(server.readyLines())
                    .contains("./roster tenant create", server.data().resolve("admin-key") + "")
                    .doesNotContain("curl");
            assertThat(server.admin().get("/tenants").at("/data")).isEmpty();
        }
    }

    @Test
    void aSecondNodePrintsNoCallThatCannotWorkThere() {
        try (var first = new TestServer(Map.of(), InstantSource.system());
                var second = new TestServer(Map.of(), InstantSource.system(), first.database())) {
            assertThat(second.readyLines()).contains("Roster is ready on").doesNotContain("curl", "roster tenant");
        }
    }
}
