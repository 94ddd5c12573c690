package tv.roster.agents.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.Json.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.setup.Setup;
import tv.roster.agents.signin.SignInOutcome.CodeDemanded;
import tv.roster.agents.signin.SignInOutcome.EnrolmentDemanded;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.signin.SignInOutcome.Refused;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.totp.TotpSecret;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.SetupToken;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.problems.Refusal;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.ids.AgentId;

/// Signing in, on two nodes with one database.
class SignInTest {
    private static final Browser BROWSER = new Browser("192.0.2.7", "request-1", "Mozilla/5.0 (Test)");
    private static final Password PASSWORD = Password.chosen("a lamp in the harbour");
    private static final Password WRONG = Password.chosen("a lamp in the cellar");

    private static final String NEW_LINK = json("{'data':{'type':'AgentSetupLink'}}");

    private static FixedClock clock;
    private static TestServer first;
    private static TestServer second;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        first = new TestServer(Map.of(), clock);
        second = new TestServer(Map.of(), clock, first.database());
        admin = first.admin();
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    /// An agent with a password and a second factor.
    private record Ready(AgentId id, String email, TotpSecret secret, List<String> recovery, SessionToken session) {}

    private static Response invited() {
        var email = "agent-" + UUID.randomUUID() + "@north-tv.example";
        var made =
                admin.post("/agents", document("Agent", "'email':'" + email + "','name':'Olga Berg','role':'AGENT'"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private static SetupToken token(String url) {
        return SetupToken.parse(url.substring(url.indexOf('=') + 1)).orElseThrow();
    }

    private static SetupToken setup(Response made) {
        return token(made.textAt("/data/attributes/setup_url"));
    }

    private static Ready ready() {
        var made = invited();
        return enrolled(made, first.setupLinks().use(setup(made), PASSWORD, BROWSER));
    }

    private static Ready enrolled(Response made, SignInOutcome demanded) {
        var step = ((EnrolmentDemanded) demanded).token();
        var secret = first.signIn().enrolment(step).orElseThrow().secret();
        var entered = (Entered) second.signIn().enrol(step, Totp.code(secret, now()), BROWSER);
        assertThat(entered.recoveryCodes()).hasSize(10);
        // The code of the enrolment is used up.
        clock.advance(Duration.ofSeconds(30));
        return new Ready(
                AgentId.parse(made.id()).orElseThrow(),
                made.textAt("/data/attributes/email"),
                secret,
                entered.recoveryCodes().stream().map(code -> code.value()).toList(),
                entered.token());
    }

    private static long now() {
        return clock.instant().getEpochSecond();
    }

    private static SignInOutcome password(Ready agent, Password password) {
        return first.signIn().password(agent.email(), password, BROWSER);
    }

    private static SignInOutcome code(SignInOutcome demanded, String code) {
        return second.signIn().code(((CodeDemanded) demanded).token(), code, BROWSER);
    }

    private static SessionToken enter(Ready agent) {
        var entered = (Entered) code(password(agent, PASSWORD), Totp.code(agent.secret(), now()));
        clock.advance(Duration.ofSeconds(30));
        return entered.token();
    }

    private static boolean isIn(SessionToken token) {
        boolean in = first.agentSessions().find(token).isPresent();
        assertThat(second.agentSessions().find(token).isPresent()).isEqualTo(in);
        return in;
    }

    /// The kinds, sorted: with a clock that stands, the ids of two nodes have no order.
    private static String events(Ready agent) {
        return first.value(
                "select string_agg(kind, ' ' order by kind) from admin_event where subject_agent_id = ?",
                agent.id().value());
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason);
    }

    @Test
    void theSetupLinkLeadsToPasswordSecondFactorAndSession() {
        var made = invited();
        assertThat(second.setupLinks().find(setup(made)))
                .containsInstanceOf(Setup.OfAgent.class)
                .get()
                .hasToString("OfAgent[" + made.id() + "]");
        var agent = enrolled(made, first.setupLinks().use(setup(made), PASSWORD, BROWSER));
        var signedIn = second.agentSessions().find(agent.session()).orElseThrow();
        assertThat(signedIn.agent()).isEqualTo(agent.id());
        assertThat(signedIn.email()).isEqualTo(agent.email());
        assertThat(signedIn.role()).isEqualTo(Role.AGENT);
        assertThat(signedIn.tenant()).isNull();
        var read = admin.get("/agents/" + agent.id());
        assertThat(read.textAt("/data/attributes/status")).isEqualTo("ACTIVE");
        assertThat(read.at("/data/attributes/second_factor").asBoolean()).isTrue();
        assertThat(read.at("/data/attributes/last_sign_in_time").isNull()).isFalse();
        assertThat(events(agent)).isEqualTo("agent.created agent.setup_link_made agent.signed_in agent.updated");
    }

    @Test
    void passwordAndCodeBeginASession() {
        var agent = ready();
        var session = enter(agent);
        assertThat(isIn(session)).isTrue();
        assertThat(session).isNotEqualTo(agent.session());
        assertThat(first.agentSessions().list(agent.id())).hasSize(2).allSatisfy(one -> {
            assertThat(one.address()).isEqualTo("192.0.2.7");
            assertThat(one.userAgent()).isEqualTo("Mozilla/5.0 (Test)");
        });
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreRefusedAlike() {
        var agent = ready();
        assertThat(password(agent, WRONG)).isEqualTo(refused(Reason.WRONG));
        assertThat(first.signIn().password("nobody@north-tv.example", PASSWORD, BROWSER))
                .isEqualTo(refused(Reason.WRONG));
        assertThat(first.signIn().password(agent.email().toUpperCase(Locale.ROOT), PASSWORD, BROWSER))
                .isInstanceOf(CodeDemanded.class);
    }

    @Test
    void aCodeIsGoodOnce() {
        var agent = ready();
        var code = Totp.code(agent.secret(), now());
        assertThat(code(password(agent, PASSWORD), code)).isInstanceOf(Entered.class);
        assertThat(code(password(agent, PASSWORD), code)).isEqualTo(refused(Reason.WRONG));
        assertThat(code(password(agent, PASSWORD), Totp.code(agent.secret(), now() - 30)))
                .as("an earlier one")
                .isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aRecoveryCodeIsGoodOnce() {
        var agent = ready();
        var recovery = agent.recovery().get(3);
        assertThat(code(
                        password(agent, PASSWORD),
                        recovery.toLowerCase(Locale.ROOT).replace("-", " ")))
                .isInstanceOf(Entered.class);
        assertThat(code(password(agent, PASSWORD), recovery)).isEqualTo(refused(Reason.WRONG));
        assertThat(code(password(agent, PASSWORD), agent.recovery().get(4))).isInstanceOf(Entered.class);
    }

    @Test
    void theSameCodeAtOnceBeginsOneSession() throws Exception {
        var agent = ready();
        var code = Totp.code(agent.secret(), now());
        var steps = List.of(password(agent, PASSWORD), password(agent, PASSWORD), password(agent, PASSWORD));
        var outcomes = atOnce(steps.stream()
                .<Callable<SignInOutcome>>map(step -> () -> code(step, code))
                .toList());
        assertThat(outcomes).filteredOn(Entered.class::isInstance).hasSize(1);
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        }
    }

    @Test
    void anExpiredStepBeginsAgain() {
        var agent = ready();
        var step = password(agent, PASSWORD);
        clock.advance(Duration.ofMinutes(5));
        assertThat(code(step, Totp.code(agent.secret(), now()))).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void tenWrongPasswordsAndCodesTogetherAreTheLastOnes() {
        var agent = ready();
        for (int count = 0; count < 4; count++) {
            assertThat(password(agent, WRONG)).isEqualTo(refused(Reason.WRONG));
        }
        var step = password(agent, PASSWORD);
        for (int count = 0; count < 6; count++) {
            assertThat(code(step, "000000x")).isEqualTo(refused(Reason.WRONG));
        }
        assertThat(code(step, Totp.code(agent.secret(), now()))).isEqualTo(refused(Reason.TOO_MANY_ATTEMPTS));
        assertThat(password(agent, PASSWORD)).isEqualTo(refused(Reason.TOO_MANY_ATTEMPTS));
        assertThat(events(agent)).containsOnlyOnce("agent.locked");
        clock.advance(Duration.ofMinutes(15));
        assertThat(isIn(enter(agent))).isTrue();
        assertThat(password(agent, WRONG)).as("counted anew").isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void ofManyGuessesAtOnceTenAreJudged() throws Exception {
        var agent = ready();
        var step = (CodeDemanded) password(agent, PASSWORD);
        var guesses = new ArrayList<Callable<SignInOutcome>>();
        for (int count = 0; count < 40; count++) {
            var node = count % 2 == 0 ? first : second;
            guesses.add(() -> node.signIn().code(step.token(), "12345x", BROWSER));
        }
        assertThat(atOnce(guesses)).filteredOn(refused(Reason.WRONG)::equals).hasSize(10);
        assertThat(events(agent)).containsOnlyOnce("agent.locked");
    }

    @Test
    void anAddressThatNobodyHasIsLockedLikeOthers() {
        var email = "nobody-" + UUID.randomUUID() + "@north-tv.example";
        for (int count = 0; count < 10; count++) {
            assertThat(first.signIn().password(email, WRONG, BROWSER)).isEqualTo(refused(Reason.WRONG));
        }
        assertThat(second.signIn().password(email, WRONG, BROWSER)).isEqualTo(refused(Reason.TOO_MANY_ATTEMPTS));
    }

    @Test
    void aDisabledAgentIsOutAtOnceOnBothNodesAndStaysOut() {
        var agent = ready();
        var step = password(agent, PASSWORD);
        admin.patch("/agents/" + agent.id(), document("Agent", agent.id().toString(), "'status':'DISABLED'"));
        assertThat(isIn(agent.session())).isFalse();
        assertThat(password(agent, PASSWORD)).isEqualTo(refused(Reason.WRONG));
        assertThat(code(step, Totp.code(agent.secret(), now()))).isEqualTo(refused(Reason.EXPIRED));
        var link = admin.post("/agents/" + agent.id() + "/setup_links", NEW_LINK);
        assertThat(first.setupLinks().find(token(link.textAt("/data/attributes/url"))))
                .isEmpty();
        admin.patch("/agents/" + agent.id(), document("Agent", agent.id().toString(), "'status':'ACTIVE'"));
        assertThat(isIn(agent.session())).as("ended for good").isFalse();
        assertThat(isIn(enter(agent))).isTrue();
    }

    @Test
    void aChangedRoleAndEndedSessionsEndThemOnBothNodes() {
        var agent = ready();
        admin.patch("/agents/" + agent.id(), document("Agent", agent.id().toString(), "'name':'Olga Virtanen'"));
        assertThat(isIn(agent.session())).as("another name").isTrue();
        admin.patch("/agents/" + agent.id(), document("Agent", agent.id().toString(), "'role':'VIEWER'"));
        assertThat(isIn(agent.session())).isFalse();
        var one = enter(agent);
        var other = enter(agent);
        assertThat(admin.delete("/agents/" + agent.id() + "/sessions").status()).isEqualTo(204);
        assertThat(isIn(one) || isIn(other)).isFalse();
    }

    @Test
    void anAgentEndsItsOwnSessionsOneByOne() {
        var agent = ready();
        var other = enter(agent);
        var id = first.agentSessions().find(other).orElseThrow().sessionId();
        assertThat(first.agentSessions().end(agent.id(), "0000000000000000")).isFalse();
        assertThat(first.agentSessions().end(ready().id(), id))
                .as("of another agent")
                .isFalse();
        assertThat(first.agentSessions().end(agent.id(), id)).isTrue();
        assertThat(isIn(other)).isFalse();
        assertThat(isIn(agent.session())).isTrue();
        second.agentSessions().end(agent.session());
        assertThat(isIn(agent.session())).isFalse();
    }

    @Test
    void sessionsEndWhenTheyAreIdleOrOld() {
        var agent = ready();
        clock.advance(Duration.ofMinutes(30));
        assertThat(isIn(agent.session())).as("idle").isFalse();
        var session = enter(agent);
        for (int minutes = 0; minutes + 20 < 12 * 60; minutes += 20) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(isIn(session)).as(minutes + " minutes").isTrue();
        }
        clock.advance(Duration.ofMinutes(20));
        assertThat(isIn(session)).as("12 hours").isFalse();
    }

    @Test
    void aChangedPasswordEndsAllSessionsAndBeginsANewOne() {
        var agent = ready();
        var signedIn = first.agentSessions().find(agent.session()).orElseThrow();
        assertThat(first.ownAccount().changePassword(signedIn, WRONG, WRONG, BROWSER))
                .isEqualTo(refused(Reason.WRONG));
        var entered = second.ownAccount().changePassword(signedIn, PASSWORD, WRONG, BROWSER);
        assertThat(isIn(agent.session())).isFalse();
        assertThat(isIn(((Entered) entered).token())).isTrue();
        assertThat(password(agent, PASSWORD)).isEqualTo(refused(Reason.WRONG));
        assertThat(password(agent, WRONG)).isInstanceOf(CodeDemanded.class);
    }

    @Test
    void newRecoveryCodesReplaceTheOthersAndNeedACode() {
        var agent = ready();
        var signedIn = first.agentSessions().find(agent.session()).orElseThrow();
        assertThat(first.ownAccount().newRecoveryCodes(signedIn, "000000x", BROWSER))
                .isEmpty();
        var code = Totp.code(agent.secret(), now());
        var codes = first.ownAccount().newRecoveryCodes(signedIn, code, BROWSER).orElseThrow();
        assertThat(first.ownAccount().newRecoveryCodes(signedIn, code, BROWSER))
                .as("once")
                .isEmpty();
        assertThat(code(password(agent, PASSWORD), agent.recovery().getFirst())).isEqualTo(refused(Reason.WRONG));
        assertThat(code(password(agent, PASSWORD), codes.getFirst().value())).isInstanceOf(Entered.class);
    }

    @Test
    void aNewSetupLinkReplacesPasswordSecondFactorAndSessionsWhenItIsUsed() {
        var agent = ready();
        var made = admin.post("/agents/" + agent.id() + "/setup_links", NEW_LINK);
        var link = token(made.textAt("/data/attributes/url"));
        assertThat(isIn(agent.session())).isTrue();
        var step = second.setupLinks().use(link, WRONG, BROWSER);
        assertThat(step).isInstanceOf(EnrolmentDemanded.class);
        assertThat(isIn(agent.session())).isFalse();
        assertThat(password(agent, PASSWORD)).isEqualTo(refused(Reason.WRONG));
        assertThat(second.setupLinks().use(link, PASSWORD, BROWSER)).as("once").isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void aNewerLinkEndsTheOlderAndEachExpiresInAnHour() {
        var made = invited();
        var newer = token(
                admin.post("/agents/" + made.id() + "/setup_links", NEW_LINK).textAt("/data/attributes/url"));
        assertThat(first.setupLinks().find(setup(made))).isEmpty();
        assertThat(first.setupLinks().use(setup(made), PASSWORD, BROWSER)).isEqualTo(refused(Reason.EXPIRED));
        assertThat(first.setupLinks().find(newer)).isPresent();
        clock.advance(Duration.ofHours(1));
        assertThat(first.setupLinks().find(newer)).isEmpty();
        assertThat(first.setupLinks().use(newer, PASSWORD, BROWSER)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void aPasswordOfOwnValuesIsRefusedAndTheLinkStays() {
        var made = invited();
        assertThatThrownBy(() -> first.setupLinks().use(setup(made), Password.chosen("Berg Olga"), BROWSER))
                .isInstanceOf(Refusal.class);
        assertThat(first.setupLinks().find(setup(made))).isPresent();
    }

    @Test
    void whoHasNotSetUpASecondFactorDoesItAtTheNextSignIn() {
        var made = invited();
        first.setupLinks().use(setup(made), PASSWORD, BROWSER);
        var demanded = first.signIn().password(made.textAt("/data/attributes/email"), PASSWORD, BROWSER);
        var step = ((EnrolmentDemanded) demanded).token();
        assertThat(first.signIn().enrol(step, "000000x", BROWSER)).isEqualTo(refused(Reason.WRONG));
        assertThat(first.signIn().code(step, "000000x", BROWSER)).isEqualTo(refused(Reason.EXPIRED));
        assertThat(isIn(enrolled(made, demanded).session())).isTrue();
        assertThat(first.signIn().enrolment(step)).isEmpty();
    }

    @Test
    void withoutASecondFactorThePasswordIsEnough() {
        try (var own = new TestServer(Map.of("ROSTER_CONSOLE_SECOND_FACTOR", "off"), clock, first.database())) {
            var made = invited();
            var entered = own.setupLinks().use(setup(made), PASSWORD, BROWSER);
            assertThat(isIn(((Entered) entered).token())).isTrue();
            var agent = ready();
            assertThat(own.signIn().password(agent.email(), PASSWORD, BROWSER))
                    .as("who has one needs it")
                    .isInstanceOf(CodeDemanded.class);
        }
    }

    @Test
    void theProviderOfTheOperatorStandsForPasswordAndSecondFactor() {
        var agent = ready();
        assertThat(isIn(((Entered) first.signIn().byProvider(agent.id(), BROWSER)).token()))
                .isTrue();
        admin.delete("/agents/" + agent.id());
        assertThat(first.signIn().byProvider(agent.id(), BROWSER)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void secretsAreNowhereInTheDatabase() {
        var agent = ready();
        var rows = first.value("""
                select string_agg(a::text, ' ') || (select string_agg(s::text, ' ') from agent_session s)
                  from agent a""");
        assertThat(rows)
                .doesNotContain(agent.session().value())
                .doesNotContain(agent.recovery().getFirst())
                .doesNotContain(HexFormat.of().formatHex(agent.secret().bytes()));
        assertThat(agent.session()).hasToString("***");
    }

    @Test
    void theFirstAdministratorIsMadeOnceHoweverManyServersPrintALink() throws Exception {
        try (var empty = new TestServer(Map.of(), clock);
                var other = new TestServer(Map.of(), clock, empty.database())) {
            var links = new ArrayList<SetupToken>();
            for (var node : List.of(empty, other, empty)) {
                var lines = node.readyLines();
                var url = lines.substring(lines.indexOf(node.url() + "/console/setup?token="))
                        .lines()
                        .findFirst();
                links.add(token(url.orElseThrow()));
            }
            assertThat(links)
                    .allSatisfy(link ->
                            assertThat(other.setupLinks().find(link)).contains(new Setup.OfFirstAdministrator()));
            var outcomes = atOnce(links.stream()
                    .<Callable<SignInOutcome>>map(link -> () -> other.setupLinks()
                            .useFirst(link, new EmailAddress("olga@example.com"), "Olga", PASSWORD, BROWSER))
                    .toList());
            assertThat(outcomes).filteredOn(EnrolmentDemanded.class::isInstance).hasSize(1);
            assertThat(empty.value("select string_agg(role || coalesce(tenant_id::text, ''), ' ') from agent"))
                    .isEqualTo("ADMINISTRATOR");
            assertThat(links)
                    .allSatisfy(
                            link -> assertThat(empty.setupLinks().find(link)).isEmpty());
            assertThat(empty.readyLines()).doesNotContain("/console/setup");
        }
    }
}
