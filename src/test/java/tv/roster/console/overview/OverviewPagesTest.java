package tv.roster.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SessionToken;
import tv.roster.console.ConsoleBrowser;
import tv.roster.console.ConsoleSessions;
import tv.roster.testing.ApiClient;

class OverviewPagesTest {
    private static final String PAGE = "/console/overview";
    private static final String FAR_AWAY = "4000000000";

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");

    private ConsoleBrowser agent(Role role, UUID of) {
        return new ConsoleBrowser(server, ConsoleSessions.of(server, role, of));
    }

    private static long number(ConsoleBrowser browser, String pattern) {
        var page = browser.open(PAGE);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        var found = Pattern.compile(pattern).matcher(page.text());
        assertThat(found.find()).as(page.text()).isTrue();
        return Long.parseLong(found.group(1).replace(",", ""));
    }

    private static long calls(ConsoleBrowser browser, String which) {
        return number(browser, "<span id=\"" + which + "-sum\">([0-9,]+)</span>");
    }

    private static long state(ConsoleBrowser browser, String label) {
        return number(browser, "<dt>" + label + "</dt>\\s*<dd class=\"state\"><span>([0-9,]+)</span>");
    }

    private String newUser(String members) {
        return bss.createUser(members).id();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "AGENT", "MANAGER"})
    void otherRolesDoNotSeeIt(Role role) {
        var browser = agent(role, tenant);
        assertThat(browser.open(PAGE).status()).isEqualTo(403);
        assertThat(browser.open("/console/audit").text()).doesNotContain("Overview");
    }

    @Test
    void theNumbersMoveWhenCallsAreMade() {
        var own = agent(Role.ADMINISTRATOR, tenant);
        assertThat(calls(own, "calls")).isZero();
        bss.get("/users");
        bss.get("/users/" + UUID.randomUUID());
        assertThat(calls(own, "calls")).isEqualTo(2);
        assertThat(calls(own, "rejected")).isEqualTo(1);
        assertThat(calls(own, "failed")).isZero();
        assertThat(own.open(PAGE).text())
                .contains("<rect class=\"calls\"")
                .contains("role=\"img\" aria-label=\"Calls of the last 60 minutes, at most ")
                .contains("Calls of this node in each of the last 60 minutes");
    }

    @Test
    void subscribersAreCountedByState() {
        newUser("'name':'Anna'");
        newUser("'name':'Ben','registration_information':{'registration_state':'REGISTERED'}");
        newUser("'name':'Eva','user_flags':['LOGIN_RESTRICTED']");
        var own = agent(Role.ADMINISTRATOR, tenant);
        assertThat(state(own, "Registered")).isEqualTo(1);
        assertThat(state(own, "Not registered")).isEqualTo(2);
        assertThat(state(own, "Suspended")).isEqualTo(1);
    }

    @Test
    void theyAreNotCountedAgainWithinAMinute() {
        var own = agent(Role.ADMINISTRATOR, tenant);
        assertThat(state(own, "Not registered")).isZero();
        newUser("'name':'Anna'");
        assertThat(state(own, "Not registered")).isZero();
        assertThat(own.open(PAGE).text()).contains("Counted ");
    }

    @Test
    void whatWaitsIsCounted() {
        var user = newUser("'name':'Anna'");
        newUser("'name':'Ben'");
        server.execute(
                "insert into mail (tenant_id, id, user_id, kind, recipient, language, due_time, created_time, expires_time)"
                        + " values (?, ?, ?::uuid, 'ACTIVATION', 'anna@example.com', 'en', " + FAR_AWAY + ", 1, "
                        + FAR_AWAY + ")",
                tenant,
                UUID.randomUUID(),
                user);
        server.execute(
                "insert into import (tenant_id, id, status, mode, dry_run, format, created_time, lease_until)"
                        + " values (?, ?, 'RUNNING', 'UPSERT', true, 'ndjson', 1, " + FAR_AWAY + "000)",
                tenant,
                UUID.randomUUID());
        server.execute(
                "insert into webhook_endpoint (tenant_id, id, url, kinds, status, sealed_secret, created_time, position)"
                        + " values (?, ?, 'https://bss.example/', array['user.created'], 'PAUSED', '', 1, '')",
                tenant,
                UUID.randomUUID());
        var own = agent(Role.ADMINISTRATOR, tenant);
        assertThat(number(own, "id=\"mails\">([0-9,]+)<")).isEqualTo(1);
        assertThat(number(own, "id=\"imports-running\">([0-9,]+)<")).isEqualTo(1);
        assertThat(number(own, "id=\"imports-waiting\">([0-9,]+)<")).isZero();
        assertThat(state(own, "Paused")).isEqualTo(1);
        assertThat(own.open(PAGE).text()).contains("2 events wait");
        server.execute("delete from import where tenant_id = ?", tenant);
    }

    @Test
    void anAdministratorOfATenantSeesNothingOfAnother() {
        newUser("'name':'Anna'");
        var other = agent(Role.ADMINISTRATOR, server.addTenant());
        assertThat(calls(other, "calls")).isZero();
        assertThat(state(other, "Not registered")).isZero();
        assertThat(other.open(PAGE + "?tenant=" + tenant).text()).doesNotContain(tenant.toString());
    }

    @Test
    void theInstallationHasTheCallsOfAllTenantsAndOfNone() {
        var everything = agent(Role.ADMINISTRATOR, null);
        long before = calls(everything, "calls");
        long rejected = calls(everything, "rejected");
        bss.get("/users");
        server.client("rk_unknown").get("/users");
        assertThat(calls(everything, "calls")).isGreaterThanOrEqualTo(before + 2);
        assertThat(calls(everything, "rejected")).isGreaterThan(rejected);
        assertThat(everything.open(PAGE).text()).contains("Of all tenants together");
    }

    @Test
    void aPageThatRenewsItselfKeepsNoSessionInForce() {
        var session = ConsoleSessions.of(server, Role.ADMINISTRATOR, tenant);
        var own = new ConsoleBrowser(server, session);
        assertThat(own.open(PAGE).text()).contains("hx-trigger=\"every 10s\"").contains("Roster-Unattended");
        server.execute(
                "update agent_session set last_used_time = last_used_time - 120 where token_hash = ?", session.hash());
        var before = lastUse(session);
        var renewed = own.open(PAGE, "HX-Request", "true", "Roster-Unattended", "yes");
        assertThat(renewed.text()).contains("calls-sum").doesNotContain("<html");
        assertThat(lastUse(session)).isEqualTo(before);
        own.open(PAGE);
        assertThat(lastUse(session)).isGreaterThan(before);
        server.agentSessions().end(session);
        var ended = own.open(PAGE, "HX-Request", "true", "Roster-Unattended", "yes");
        assertThat(ended.status()).isEqualTo(204);
        assertThat(ended.header("HX-Redirect")).contains("sign-in");
    }

    private String lastUse(SessionToken session) {
        return server.value("select last_used_time from agent_session where token_hash = decode('"
                + HexFormat.of().formatHex(session.hash()) + "', 'hex')");
    }
}
