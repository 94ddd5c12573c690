package tv.roster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.access.allowlist.TrustedProxies;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.credentials.hashes.Argon2Parameters;
import tv.roster.credentials.hashing.HashingLimits;
import tv.roster.platform.mail.SmtpServer;
import tv.roster.platform.tls.PemFiles;

class SettingsTest {
    @Test
    void everythingHasADefault() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.health().host()).isEqualTo("127.0.0.1");
        assertThat(settings.health().port()).isEqualTo(8081);
        assertThat(settings.dataFolder()).isEqualTo(Path.of("./data"));
        assertThat(settings.database().roles()).isEmpty();
        assertThat(settings.database().patience()).hasSeconds(60);
        assertThat(settings.database().connections()).isEqualTo(8);
        assertThat(settings.http().publicUrl()).isEmpty();
        assertThat(settings.http().requestTimeout()).hasSeconds(30);
        assertThat(settings.http().requestsAtOnce()).isEqualTo(1000);
        assertThat(settings.http().connections()).isEqualTo(2500);
        assertThat(settings.http().connectionsPerAddress()).isEqualTo(2000);
        assertThat(settings.drain()).hasSeconds(5);
        assertThat(settings.access().trustedProxies()).isEqualTo(TrustedProxies.NONE);
        assertThat(settings.access().failedAuthentications()).contains(new RateLimit(10, 60));
        assertThat(settings.admin().host()).isEqualTo("127.0.0.1");
        assertThat(settings.admin().port()).isEmpty();
        assertThat(settings.http().tls()).isEmpty();
        assertThat(settings.passwords().argon2()).isEqualTo(Argon2Parameters.OWASP);
        assertThat(settings.passwords().hashing().atOnce()).isEqualTo(HashingLimits.threads());
        assertThat(settings.mail().smtp()).isEmpty();
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Format.TEXT, LogSettings.Access.OFF));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void anEmptyVariableIsAnUnsetOne(Setting setting) {
        assertThat(Settings.from(Map.of(setting.variable(), " "))).isEqualTo(Settings.from(Map.of()));
    }

    @Test
    void everyVariableIsRead() {
        Settings settings = Settings.from(Map.ofEntries(
                Map.entry("ROSTER_HOST", "::"),
                Map.entry("ROSTER_PORT", "0"),
                Map.entry("ROSTER_HEALTH_HOST", "health.internal"),
                Map.entry("ROSTER_HEALTH_PORT", "65535"),
                Map.entry("ROSTER_DATA", "/var/lib/roster"),
                Map.entry("ROSTER_DATABASE_URL", "postgresql://u:p@h/d"),
                Map.entry("ROSTER_DATABASE_WAIT", "0"),
                Map.entry("ROSTER_DATABASE_CONNECTIONS", "64"),
                Map.entry("ROSTER_PUBLIC_URL", "https://roster.example/base/"),
                Map.entry("ROSTER_REQUEST_TIMEOUT", "600"),
                Map.entry("ROSTER_DRAIN_SECONDS", "0"),
                Map.entry("ROSTER_ARGON2_MEMORY_KIB", "65536"),
                Map.entry("ROSTER_ARGON2_ITERATIONS", "3"),
                Map.entry("ROSTER_ARGON2_PARALLELISM", "4"),
                Map.entry("ROSTER_HASHING_THREADS", "7"),
                Map.entry("ROSTER_HASHING_WAITING", "0"),
                Map.entry("ROSTER_HASHING_PATIENCE", "5"),
                Map.entry("ROSTER_SMTP_URL", "smtps://u%40tv:p%3A@[::1]"),
                Map.entry("ROSTER_MAIL_FROM", "tv@tv.example"),
                Map.entry("ROSTER_LOG_FORMAT", "json"),
                Map.entry("ROSTER_ACCESS_LOG", "addresses")));

        assertThat(settings.http().host()).isEqualTo("::");
        assertThat(settings.http().port()).isZero();
        assertThat(settings.health().host()).isEqualTo("health.internal");
        assertThat(settings.health().port()).isEqualTo(65_535);
        assertThat(settings.dataFolder()).isEqualTo(Path.of("/var/lib/roster"));
        assertThat(settings.database().roles().orElseThrow().application().host())
                .isEqualTo("h");
        assertThat(settings.database().patience()).isZero();
        assertThat(settings.database().connections()).isEqualTo(64);
        assertThat(settings.http().publicUrl()).contains(URI.create("https://roster.example/base"));
        assertThat(settings.http().requestTimeout()).hasSeconds(600);
        assertThat(settings.drain()).isZero();
        assertThat(settings.passwords().argon2()).isEqualTo(new Argon2Parameters(65_536, 3, 4));
        assertThat(settings.passwords().hashing()).isEqualTo(new HashingLimits(7, 0, Duration.ofSeconds(5)));
        assertThat(settings.mail().smtp()).contains(new SmtpServer(true, "::1", 465, "u@tv", "p:", "tv@tv.example"));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Format.JSON, LogSettings.Access.ADDRESSES));
    }

    @ParameterizedTest
    @CsvSource({
        "ROSTER_HOST, 'two words'",
        "ROSTER_HOST, http://localhost",
        "ROSTER_PORT, -1",
        "ROSTER_PORT, 65536",
        "ROSTER_PORT, 99999999999",
        "ROSTER_PORT, eighty",
        "ROSTER_PORT, 80.0",
        "ROSTER_PORT, +80",
        "ROSTER_HEALTH_HOST, a/b",
        "ROSTER_HEALTH_PORT, 65536",
        "ROSTER_DATABASE_URL, localhost:5432",
        "ROSTER_DATABASE_WAIT, 3601",
        "ROSTER_DATABASE_CONNECTIONS, 0",
        "ROSTER_DATABASE_CONNECTIONS, 65",
        "ROSTER_PUBLIC_URL, roster.example",
        "ROSTER_PUBLIC_URL, ftp://roster.example",
        "ROSTER_PUBLIC_URL, https://",
        "ROSTER_PUBLIC_URL, https:///path",
        "ROSTER_PUBLIC_URL, https://roster.example/?a=b",
        "ROSTER_PUBLIC_URL, https://roster.example/#top",
        "ROSTER_PUBLIC_URL, https://me@roster.example",
        "ROSTER_PUBLIC_URL, https://roster.example:65536",
        "ROSTER_PUBLIC_URL, 'https://roster example'",
        "ROSTER_REQUEST_TIMEOUT, 0",
        "ROSTER_REQUEST_TIMEOUT, 601",
        "ROSTER_REQUESTS_AT_ONCE, 0",
        "ROSTER_DRAIN_SECONDS, 601",
        "ROSTER_TRUSTED_PROXIES, proxy.internal",
        "ROSTER_TRUSTED_PROXIES, 10.0.0.1/8",
        "ROSTER_WEBHOOK_NETWORKS, 10.0.0.1/8",
        "ROSTER_FAILED_AUTHENTICATIONS, 10",
        "ROSTER_FAILED_AUTHENTICATIONS, none",
        "ROSTER_ADMIN_HOST, 'a b'",
        "ROSTER_ADMIN_PORT, 70000",
        "ROSTER_ARGON2_MEMORY_KIB, 63",
        "ROSTER_ARGON2_MEMORY_KIB, 262145",
        "ROSTER_ARGON2_ITERATIONS, 0",
        "ROSTER_ARGON2_PARALLELISM, 9",
        "ROSTER_HASHING_THREADS, 0",
        "ROSTER_HASHING_WAITING, -1",
        "ROSTER_HASHING_PATIENCE, 0",
        "ROSTER_MAIL_FROM, tv",
        "ROSTER_MAIL_FROM, TV <tv@tv.example>",
        "ROSTER_LOG_FORMAT, JSON",
        "ROSTER_LOG_FORMAT, xml",
        "ROSTER_ACCESS_LOG, yes"
    })
    void aBadValueIsRefusedByTheNameOfItsVariable(String variable, String value) {
        assertThat(faults(Map.of(variable, value))).singleElement().asString().startsWith(variable + ": must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example",
                "http://mail.example",
                "smtp://mail.example:65536",
                "smtp://mail.example:0",
                "smtp://hush@mail.example",
                "smtp://u:hu%sh@mail.example"
            })
    void aBadMailServerIsRefusedWithWhatBelongsToIt(String url) {
        assertThat(faults(Map.of("ROSTER_SMTP_URL", url)))
                .singleElement()
                .asString()
                .startsWith("ROSTER_SMTP_URL: must ")
                .doesNotContain("hu");
    }

    @Test
    void aMailServerNeedsASenderAndAPublicAddress() {
        assertThat(faults(Map.of("ROSTER_SMTP_URL", "smtp://mail.example")))
                .containsExactly(
                        "ROSTER_MAIL_FROM: must be set, because ROSTER_SMTP_URL is",
                        "ROSTER_PUBLIC_URL: must be set, because ROSTER_SMTP_URL is");
    }

    @ParameterizedTest
    @CsvSource({
        "ROSTER_LOG_FORMAT, text, true",
        "ROSTER_PUBLIC_URL, http://localhost:8080, true",
        "ROSTER_PUBLIC_URL, https://tv.example, false",
        "ROSTER_DATABASE_URL, postgresql://u:p@h/d, false"
    })
    void theOutboxIsShownInATrialAlone(String variable, String value, boolean shown) {
        assertThat(Settings.from(Map.of(variable, value)).showsOutbox()).isEqualTo(shown);
    }

    @Test
    void theDemoIsMadeInTheEmbeddedDatabaseOrOnRequest() {
        var own = Map.of("ROSTER_DATABASE_URL", "postgresql://u:p@db.example/d");
        assertThat(Settings.from(Map.of()).demo()).isTrue();
        assertThat(Settings.from(Map.of("ROSTER_DEMO", "off")).demo()).isFalse();
        assertThat(Settings.from(own).demo()).isFalse();
        var asked = new HashMap<>(own);
        asked.put("ROSTER_DEMO", "on");
        assertThat(Settings.from(asked).demo()).isTrue();
    }

    @Test
    void networksRatesAndTheAdminPortAreRead() {
        Settings settings = Settings.from(Map.of(
                "ROSTER_TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::1 ,",
                "ROSTER_FAILED_AUTHENTICATIONS", "off",
                "ROSTER_ADMIN_HOST", "::1",
                "ROSTER_ADMIN_PORT", "8082"));

        assertThat(settings.access().trustedProxies().trusts(IpAddress.parse("10.1.2.3")))
                .isTrue();
        assertThat(settings.access().trustedProxies().trusts(IpAddress.parse("2001:db8::1")))
                .isTrue();
        assertThat(settings.access().failedAuthentications()).isEmpty();
        assertThat(settings.admin().host()).isEqualTo("::1");
        assertThat(settings.admin().port()).contains(8082);
    }

    @Test
    void aCertificateComesWithItsKey() {
        assertThat(faults(Map.of("ROSTER_TLS_CERTIFICATE", "a.pem")))
                .containsExactly("ROSTER_TLS_CERTIFICATE: must come with ROSTER_TLS_KEY");
        assertThat(faults(Map.of("ROSTER_TLS_KEY", "a.pem")))
                .containsExactly("ROSTER_TLS_KEY: must come with ROSTER_TLS_CERTIFICATE");
        assertThat(Settings.from(Map.of("ROSTER_TLS_CERTIFICATE", "a.pem", "ROSTER_TLS_KEY", "b.pem"))
                        .http()
                        .tls())
                .contains(new PemFiles(Path.of("a.pem"), Path.of("b.pem")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example",
                "https://user@login.example",
                "https://login.example?tenant=a",
                "login.example"
            })
    void whoVouchesForAgentsIsReachedByTls(String issuer) {
        assertThat(faults(Map.of("ROSTER_OIDC_ISSUER", issuer, "ROSTER_OIDC_CLIENT_ID", "roster")))
                .containsExactly("ROSTER_OIDC_ISSUER: must be an https address without user, query or fragment (http"
                        + " only on this machine)");
    }

    @Test
    void aProviderKnowsTheServerByAnIdentifier() {
        assertThat(faults(Map.of("ROSTER_OIDC_ISSUER", "https://login.example")))
                .containsExactly("ROSTER_OIDC_ISSUER: must come with ROSTER_OIDC_CLIENT_ID");
        assertThat(faults(Map.of("ROSTER_OIDC_CLIENT_SECRET", "two words")))
                .containsExactly("ROSTER_OIDC_CLIENT_SECRET: must consist of visible ASCII characters");
        var settings = Settings.from(Map.of(
                "ROSTER_OIDC_ISSUER", "https://login.example",
                "ROSTER_OIDC_CLIENT_ID", "roster",
                "ROSTER_OIDC_CLIENT_SECRET", "hush"));
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void aFolderThatCannotBeIsRefused() {
        assertThat(faults(Map.of("ROSTER_DATA", "a\0b"))).containsExactly("ROSTER_DATA: must be the path of a folder");
    }

    @Test
    void allFaultsAreToldAtOnce() {
        List<String> faults = faults(Map.of(
                "ROSTER_PORT", "x",
                "ROSTER_HEALTH_PORT", "y",
                "ROSTER_DATABASE_URL", "postgresql://u:hush@h",
                "ROSTER_PUBLIC_URL", "z",
                "ROSTER_HOSTS", "::"));

        assertThat(faults).hasSize(5).noneMatch(fault -> fault.contains("hush") || fault.contains("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "ROSTER_POTR, ROSTER_PORT",
        "ROSTER_DATE, ROSTER_DATA",
        "ROSTER_DATABASEURL, ROSTER_DATABASE_URL",
        "ROSTER_JAVAHOME, ROSTER_JAVA_HOME"
    })
    void aMisspeltVariableIsRefusedWithTheOneThatWasMeant(String misspelt, String meant) {
        assertThat(faults(Map.of(misspelt, "1")))
                .containsExactly(misspelt + ": no such setting; did you mean " + meant + "?");
    }

    @Test
    void aVariableLikeNoOtherIsRefusedWithTheWayToTheList() {
        assertThat(faults(Map.of("ROSTER_COLOUR_SCHEME", "blue")))
                .containsExactly("ROSTER_COLOUR_SCHEME: no such setting; ./roster serve --help lists all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROSTER_URL",
                "ROSTER_ADMIN_KEY",
                "ROSTER_CA",
                "ROSTER_JSON",
                "ROSTER_JAVA_HOME",
                "ROSTER_JAVA_OPTIONS",
                "PATH",
                "MY_ROSTER_PORT"
            })
    void variablesOfOthersAreLeftAlone(String variable) {
        assertThat(Settings.from(Map.of(variable, "anything"))).isEqualTo(Settings.from(Map.of()));
    }

    @Test
    void theServiceVariablesOfKubernetesAreNoSettings() {
        Map<String, String> variables = Map.ofEntries(
                Map.entry("ROSTER_SERVICE_HOST", "10.96.0.10"),
                Map.entry("ROSTER_SERVICE_PORT", "8080"),
                Map.entry("ROSTER_SERVICE_PORT_HTTP", "8080"),
                Map.entry("ROSTER_PORT", "tcp://10.96.0.10:8080"),
                Map.entry("ROSTER_PORT_8080_TCP", "tcp://10.96.0.10:8080"),
                Map.entry("ROSTER_PORT_8080_TCP_PROTO", "tcp"),
                Map.entry("ROSTER_PORT_8080_TCP_PORT", "8080"),
                Map.entry("ROSTER_PORT_8080_TCP_ADDR", "10.96.0.10"),
                Map.entry("ROSTER_HEALTH_SERVICE_HOST", "fd00::10"),
                Map.entry("ROSTER_HEALTH_SERVICE_PORT", "8081"),
                Map.entry("ROSTER_HEALTH_PORT", "tcp://[fd00::10]:8081"),
                Map.entry("ROSTER_HEALTH_PORT_8081_TCP", "tcp://[fd00::10]:8081"),
                Map.entry("ROSTER_DB_POOLER_PORT", "tcp://10.96.0.11:5432"),
                Map.entry("ROSTER_DB_POOLER_SERVICE_PORT_POSTGRES", "5432"));

        Settings settings = Settings.from(variables);

        assertThat(settings).isEqualTo(Settings.from(Map.of()));
        assertThat(StartWarnings.of(settings, variables))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ROSTER_HEALTH_PORT=tcp://[fd00::10]:8081 is ignored: Kubernetes sets it"),
                        line -> assertThat(line).startsWith("ROSTER_PORT=tcp://10.96.0.10:8080 is ignored"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROSTER_SERVICE",
                "ROSTER_SERVICE_HOSTS",
                "ROSTER_PORT_HTTP_TCP",
                "ROSTER_PORTS",
                "ROSTER_DB_PORT"
            })
    void whatOnlyLooksLikeAServiceVariableIsRefused(String variable) {
        assertThat(faults(Map.of(variable, "8080"))).singleElement().asString().startsWith(variable + ": no such");
    }

    @ParameterizedTest
    @CsvSource({
        "ROSTER_HOST, 0.0.0.0, The API is served without TLS on ROSTER_HOST=0.0.0.0",
        "ROSTER_HOST, '[::]', The API is served without TLS on ROSTER_HOST=::",
        "ROSTER_HOST, roster.internal, The API is served without TLS",
        "ROSTER_DATABASE_URL, postgresql://u:hush@db.example/d, ROSTER_DATABASE_URL has sslmode=prefer for db.example",
        "ROSTER_DATABASE_URL, postgresql://u:hush@10.0.0.1/d?sslmode=allow, ROSTER_DATABASE_URL has sslmode=allow",
        "ROSTER_DATABASE_URL, postgresql://u:hush@[fd00::1]/d?sslmode=disable, ROSTER_DATABASE_URL has sslmode=disable"
    })
    void whatLetsSecretsCrossANetworkInTheClearIsToldAtTheStart(String variable, String value, String warning) {
        assertThat(warnings(Map.of(variable, value))).singleElement().asString().startsWith(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "ROSTER_HOST, localhost",
        "ROSTER_HOST, 127.0.0.2",
        "ROSTER_HOST, '[::1]'",
        "ROSTER_ADMIN_HOST, 0.0.0.0",
        "ROSTER_DATABASE_URL, postgresql://u:hush@127.0.0.1/d",
        "ROSTER_DATABASE_URL, postgresql://u:hush@[::1]/d",
        "ROSTER_DATABASE_URL, postgresql://u:hush@db.example/d?sslmode=require",
        "ROSTER_DATABASE_URL, postgresql://u:hush@db.example/d?sslmode=verify-full"
    })
    void whatStaysOnTheMachineOrIsEncryptedIsNotWarnedOf(String variable, String value) {
        assertThat(warnings(Map.of(variable, value))).isEmpty();
    }

    @Test
    void theAdminApiOnAnotherAddressIsToldToo() {
        assertThat(warnings(Map.of("ROSTER_ADMIN_PORT", "8082", "ROSTER_ADMIN_HOST", "10.0.0.1")))
                .singleElement()
                .asString()
                .startsWith("The admin API is served without TLS on ROSTER_ADMIN_HOST=10.0.0.1");
        assertThat(warnings(
                        Map.of("ROSTER_HOST", "0.0.0.0", "ROSTER_TLS_CERTIFICATE", "a.pem", "ROSTER_TLS_KEY", "b.pem")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example, 1",
        "smtp://localhost, 0",
        "smtp://127.0.0.1:25, 0",
        "smtp://u:hush@mail.example, 0",
        "smtps://mail.example, 0"
    })
    void opportunisticEncryptionOfMailsIsTold(String url, int lines) {
        List<String> warnings = warnings(Map.of(
                "ROSTER_SMTP_URL", url,
                "ROSTER_MAIL_FROM", "tv@tv.example",
                "ROSTER_PUBLIC_URL", "https://tv.example"));

        assertThat(warnings).hasSize(lines).allMatch(line -> line.startsWith("ROSTER_SMTP_URL uses TLS with mail.ex"));
    }

    private static List<String> warnings(Map<String, String> variables) {
        return StartWarnings.of(Settings.from(variables), variables).stream()
                .peek(line -> assertThat(line).doesNotContain("hush", "\n"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theGuideListsEverySettingWithItsDefault(Setting setting) throws IOException {
        String byDefault = setting.byDefault().isEmpty() ? "unset" : "`" + setting.byDefault() + "`";

        assertThat(Files.readAllLines(Path.of("docs/configuration.md")))
                .anyMatch(line -> line.startsWith("| `" + setting.variable() + "` | " + byDefault + " |"));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theHelpListsEverySettingWithItsDefault(Setting setting) {
        assertThat(Setting.help()).contains(setting.variable() + " (", setting.byDefault(), setting.description());
    }

    private static List<String> faults(Map<String, String> variables) {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> Settings.from(variables));
        assertThat(invalid).isNotNull();
        return invalid.faults();
    }
}
