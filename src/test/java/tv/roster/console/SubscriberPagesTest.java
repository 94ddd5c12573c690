package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.ApiClient;

class SubscriberPagesTest {
    private static final String SUSPENDED = "<dt>Suspended</dt>";

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("VIP");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final ConsoleBrowser agent = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.AGENT, tenant));

    private String page(String user) {
        return "/console/t/t-" + tenant + "/users/" + user;
    }

    @Test
    void aPageSaysSinceWhenASubscriberIsSuspended() {
        var user = bss.createUser("'name':'Anna'").id();
        assertThat(agent.open(page(user)).text()).doesNotContain(SUSPENDED);
        agent.send(page(user) + "/suspend", Map.of("version", "1"));
        bss.patchUser(user, "'name':'Anna Virtanen'");
        assertThat(agent.open(page(user)).text()).contains(SUSPENDED);
        agent.send(page(user) + "/resume", Map.of("version", "3"));
        assertThat(agent.open(page(user)).text()).doesNotContain(SUSPENDED).contains("Brought back");
    }

    @Test
    void thatCanBeSinceTheBeginning() {
        var user =
                bss.createUser("'name':'Ben','user_flags':['LOGIN_RESTRICTED']").id();
        bss.patchUser(user, "'user_flags':['LOGIN_RESTRICTED','VIP']");
        assertThat(agent.open(page(user)).text()).contains(SUSPENDED);
    }
}
