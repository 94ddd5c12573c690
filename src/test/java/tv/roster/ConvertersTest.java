package tv.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.cli.Commands;
import tv.roster.credentials.hashes.HashFormat;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Json;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;

/// The converters of `ops/converters`, each on a small file of the other system's own shape.
class ConvertersTest {
    private static final Path FOLDER = Path.of("ops", "converters");
    private static final Path SAMPLES = FOLDER.resolve("samples").toAbsolutePath();
    private static final String ANNAS = "pässwörd of anna";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    /// What a converter wrote, by external id, what it reported, and its exit status.
    private record Converted(Map<String, JsonNode> rows, String reports, int status) {
        String textAt(String externalId, String pointer) {
            return rows.get(externalId).at(pointer).asString();
        }

        boolean hasPassword(String externalId, String password) {
            var hash = textAt(externalId, "/meta/security/password_hash");
            return HashFormat.parse(hash).matches(password.getBytes(UTF_8), new FixedBlockPool(0));
        }

        boolean hasNoPassword(String externalId) {
            return rows.get(externalId).at("/meta").isMissingNode();
        }

        String state(String externalId) {
            var flags = rows.get(externalId).at("/attributes/user_flags");
            return textAt(externalId, "/attributes/registration_information/registration_state") + flags;
        }
    }

    private Converted convert(String converter, String... arguments) throws IOException {
        var python = Program.demand("python3").toString();
        var command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "\"$0\" \"$@\" > rows 2> reports",
                python,
                FOLDER.resolve(converter).toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        var run = Program.run(folder, Map.of("PYTHONDONTWRITEBYTECODE", "1"), command);
        var rows = new LinkedHashMap<String, JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("rows"))) {
            var row = JSON.readTree(line);
            assertThat(rows.put(row.at("/attributes/external_id").asString(), row))
                    .isNull();
        }
        return new Converted(rows, Files.readString(folder.resolve("reports")), run.status());
    }

    private static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    @Test
    void keycloaksRealmExportKeepsPasswordsStatesAndAttributes() throws IOException {
        var users =
                convert("from_keycloak.py", "--external-id", "attributes.customer_id", sample("keycloak-realm.json"));
        assertThat(users.rows()).containsOnlyKeys("10023", "10024", "10025", "10026", "10027");
        assertThat(users.hasPassword("10023", ANNAS)).isTrue();
        assertThat(users.hasPassword("10023", "password of anna")).isFalse();
        assertThat(users.hasPassword("10024", "password of ben")).isTrue();
        assertThat(users.hasPassword("10025", "password of cleo")).isTrue();
        assertThat(users.state("10023")).isEqualTo("REGISTERED[]");
        assertThat(users.state("10024")).isEqualTo(Json.json("REGISTERED['LOGIN_RESTRICTED']"));
        assertThat(users.state("10025"))
                .as("the realm lets nobody log in with an address that is not verified")
                .isEqualTo("UNREGISTERED[]");
        assertThat(users.rows().get("10023").at("/attributes/contact_details"))
                .isEqualTo(JSON.readTree(
                        Json.json("{'email':'anna@example.com','telephone_number_E123':'+358401234567'}")));
        assertThat(users.textAt("10025", "/attributes/name")).isEqualTo("Cleo Åström");
    }

    @Test
    void whatCannotBeBroughtAlongIsReportedWithItsReason() throws IOException {
        var users =
                convert("from_keycloak.py", "--external-id", "attributes.customer_id", sample("keycloak-realm.json"));
        assertThat(users.status()).isEqualTo(1);
        assertThat(users.hasNoPassword("10026")).isTrue();
        assertThat(users.reports().lines())
                .contains(
                        Json.json("user 2 (external id '10024'): written without its telephone number:")
                                + " it does not begin with + and the country code",
                        Json.json("user 4 (external id '10026'): written without its password:")
                                + " it is hashed with bcrypt, of which no form is known that Roster accepts",
                        "user 6: left out: it has no external id; --external-id says where one is",
                        "users written: 5, without a password: 2, reported as incomplete: 2, left out: 1");
        assertThat(users.reports()).doesNotContain("@example.com", "Virtanen");
    }

    @Test
    void keycloaksOwnIdIsTheExternalIdUnlessSaidOtherwise() throws IOException {
        var users = convert("from_keycloak.py", sample("keycloak-realm.json"));
        assertThat(users.rows()).hasSize(6);
        assertThat(users.hasPassword("7b9a1b53-4f43-4a3b-9d57-0c2c8a0f1a06", "password of fay"))
                .isTrue();
    }

    @Test
    void fusionAuthsUsersKeepTheirHashes() throws IOException {
        var users = convert("from_fusionauth.py", sample("fusionauth-users.json"));
        assertThat(users.status()).isEqualTo(1);
        var prefix = "4e2e1b53-0000-4a3b-9d57-0c2c8a0f1a0";
        assertThat(users.rows()).hasSize(6);
        assertThat(users.hasPassword(prefix + 1, ANNAS)).isTrue();
        assertThat(users.hasPassword(prefix + 2, "password of ben")).isTrue();
        assertThat(users.hasPassword(prefix + 3, "password of cleo")).isTrue();
        assertThat(users.hasPassword(prefix + 5, "password of eva")).isTrue();
        assertThat(users.hasNoPassword(prefix + 4)).isTrue();
        assertThat(users.reports()).contains("it is hashed with phpass-md5").contains("left out: 0");
        assertThat(users.textAt(prefix + 1, "/attributes/name")).isEqualTo("Anna M. Virtanen");
        assertThat(users.textAt(prefix + 2, "/attributes/name")).isEqualTo("Ben Berg");
        assertThat(users.state(prefix + 5)).isEqualTo(Json.json("REGISTERED['LOGIN_RESTRICTED']"));
        assertThat(users.state(prefix + 6)).isEqualTo("REGISTERED[]");
        var verified = convert("from_fusionauth.py", "--verified-only", sample("fusionauth-users.json"));
        assertThat(verified.state(prefix + 6)).isEqualTo("UNREGISTERED[]");
        var byData = convert("from_fusionauth.py", "--external-id", "data.customerId", sample("fusionauth-users.json"));
        assertThat(byData.rows()).containsOnlyKeys("30023");
    }

    @Test
    void auth0sUsersAreJoinedWithTheirHashes() throws IOException {
        var users = convert("from_auth0.py", sample("auth0-users.ndjson"), "--hashes", sample("auth0-hashes.ndjson"));
        assertThat(users.status()).isEqualTo(1);
        assertThat(users.reports()).contains("user 3: left out: the line is no JSON");
        assertThat(users.rows())
                .containsOnlyKeys("auth0|5dea9f9c82dd7c0e76e4ec93", "auth0|ben", "google-oauth2|103547991597142817347");
        assertThat(users.hasPassword("auth0|5dea9f9c82dd7c0e76e4ec93", ANNAS)).isTrue();
        assertThat(users.hasPassword("auth0|ben", "password of ben")).isTrue();
        assertThat(users.state("auth0|ben")).isEqualTo(Json.json("REGISTERED['LOGIN_RESTRICTED']"));
        assertThat(users.hasNoPassword("google-oauth2|103547991597142817347")).isTrue();
    }

    @Test
    void auth0sHashesAloneHaveTheSameExternalIds() throws IOException {
        var users = convert("from_auth0.py", sample("auth0-hashes.ndjson"));
        assertThat(users.status()).isZero();
        assertThat(users.rows())
                .containsOnlyKeys("auth0|5dea9f9c82dd7c0e76e4ec93", "auth0|ben", "auth0|5dea9f9c82dd7c0e76e4ec95");
        assertThat(users.textAt("auth0|5dea9f9c82dd7c0e76e4ec95", "/attributes/contact_details/email"))
                .isEqualTo("cleo@example.org");
    }

    @Test
    void auth0sImportFileMayHaveCustomHashes() throws IOException {
        var users = convert("from_auth0.py", sample("auth0-import.json"));
        assertThat(users.hasPassword("anna", ANNAS)).isTrue();
        assertThat(users.hasPassword("ben", "password of ben")).isTrue();
        assertThat(users.hasPassword("cleo", "password of cleo")).isTrue();
        assertThat(users.hasPassword("eva", "password of eva")).isTrue();
        assertThat(users.hasNoPassword("dan")).isTrue();
        assertThat(users.reports()).contains("it is hashed with md5");
        assertThat(users.textAt("anna", "/attributes/name")).isEqualTo("A B");
    }

    @Test
    void aCsvFileHasColumnsOfTheOperatorsOwn() throws IOException {
        var users = convert("from_csv.py", "@" + sample("columns.txt"), sample("subscribers.csv"));
        assertThat(users.status()).isEqualTo(1);
        assertThat(users.rows()).containsOnlyKeys("20023", "20024", "20025");
        assertThat(users.hasPassword("20023", ANNAS)).isTrue();
        assertThat(users.textAt("20024", "/attributes/name")).isEqualTo("Ben Berg; junior");
        assertThat(users.textAt("20025", "/attributes/name")).isEqualTo("Cleo Åström");
        assertThat(users.state("20023")).isEqualTo("REGISTERED[]");
        assertThat(users.state("20024")).isEqualTo(Json.json("REGISTERED['LOGIN_RESTRICTED']"));
        assertThat(users.state("20025")).isEqualTo("UNREGISTERED[]");
        assertThat(users.hasNoPassword("20024")).isTrue();
        assertThat(users.reports())
                .contains("user 4: left out: it has no external id")
                .contains("user 5: left out: its line has more or fewer cells than the header line");
    }

    @Test
    void convertedUsersAreImportedAndLogInWithTheirOldPasswords() throws IOException {
        var server = TestServer.shared();
        var bss = server.newKey(server.addTenant(), "bulk", "credentials:verify");
        List.of(
                        List.of("from_keycloak.py", sample("keycloak-realm.json")),
                        List.of("from_fusionauth.py", sample("fusionauth-users.json")),
                        List.of(
                                "from_auth0.py",
                                sample("auth0-users.ndjson"),
                                "--hashes",
                                sample("auth0-hashes.ndjson")),
                        List.of("from_csv.py", "@" + sample("columns.txt"), sample("subscribers.csv")))
                .forEach(converter -> imported(server, bss.key(), converter));
        for (var domain : List.of("example.com", "example.net", "example.org", "example.fi")) {
            assertThat(login(bss, "anna@" + domain, ANNAS)).as(domain).isEqualTo("accepted");
        }
        assertThat(login(bss, "ben@example.com", "password of ben")).isEqualTo("login_restricted");
        assertThat(login(bss, "cleo@example.com", "password of cleo")).isEqualTo("not_registered");
        assertThat(login(bss, "ben@example.net", "password of cleo")).isEqualTo("wrong_credentials");
    }

    private void imported(TestServer server, String key, List<String> converter) {
        try {
            convert(converter.getFirst(), converter.subList(1, converter.size()).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var errors = new StringWriter();
        int status = Commands.run(
                new String[] {"import", folder.resolve("rows").toString(), "--format", "ndjson"},
                Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", key),
                new PrintWriter(errors),
                new PrintWriter(errors),
                Map.of());
        assertThat(status).as(errors.toString()).isZero();
    }

    private static String login(ApiClient bss, String email, String password) {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'email':'" + email + "','password':'"
                                + password + "'}}}")
                .textAt("/data/attributes/result");
    }

    @Test
    void aFileThatBreaksOffOrIsOfAnotherKindIsStatusTwo() throws IOException {
        var whole = Files.readString(Path.of(sample("keycloak-realm.json")));
        var half = Files.writeString(folder.resolve("half.json"), whole.substring(0, whole.length() / 2));
        for (var file : List.of(
                half.toString(),
                sample("subscribers.csv"),
                folder.resolve("none.json").toString())) {
            var users = convert("from_keycloak.py", file);
            assertThat(users.status()).as(file).isEqualTo(2);
            assertThat(users.reports()).contains("The file cannot be read: ").doesNotContain("Traceback");
        }
    }

    @Test
    void theReadmeNamesEachConverter() throws IOException {
        var readme = Files.readString(FOLDER.resolve("README.md"));
        try (var files = Files.list(FOLDER)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".py"))
                    .collect(Collectors.toSet());
            assertThat(names).hasSize(5).allMatch(name -> readme.contains("`" + name + "`"));
        }
    }
}
