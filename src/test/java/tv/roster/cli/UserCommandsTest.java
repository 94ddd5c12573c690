package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Json;
import tv.roster.testing.RunFolder;

/// `./roster user …` and `./roster key update`, as a support agent and an operator run them.
class UserCommandsTest {
    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("GOLD");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private record Run(int status, String out, String errors) {}

    private Run run(String... arguments) {
        return run(Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", bss.key()), arguments);
    }

    private static Run run(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(arguments, environment, new PrintWriter(out), new PrintWriter(errors), Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private String done(String... arguments) {
        var run = run(arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run.out();
    }

    private String anna() {
        return done(
                "user",
                "create",
                "--external-id",
                "10023",
                "--name",
                "Anna Virtanen",
                "--email",
                "anna@example.com",
                "--telephone",
                "+358 40 123 4567",
                "--flag",
                "GOLD");
    }

    @Test
    void aUserIsCreatedFoundAndShownByEachOfItsNames() {
        assertThat(anna()).contains("Anna Virtanen", "anna@example.com", "+358 40 123 4567", "10023", "GOLD");
        var id = bss.get("/users/by_external_id/10023").id();
        for (var name : List.of(id, "10023", "ANNA@example.com")) {
            assertThat(done("user", "show", name)).as(name).contains(id, "UNREGISTERED", "none");
            assertThat(done("user", "find", name)).as(name).contains(id);
        }
        assertThat(done("user", "find", "--name", "virta", "--state", "UNREGISTERED"))
                .contains(id);
        assertThat(done("user", "find", "--telephone", "+358401234567", "--flag", "GOLD"))
                .contains(id);
        assertThat(done("user", "find", "--state", "REGISTERED")).doesNotContain(id);
        assertThat(new JsonMapper()
                        .readTree(done("user", "find", "10023", "--json"))
                        .at("/id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void anExternalIdMayLookLikeAnAddressOrAnId() {
        for (var name : List.of("a@b", "0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de")) {
            done("user", "create", "--external-id", name);
            assertThat(done("user", "show", name)).contains(name);
        }
    }

    @Test
    void aCommaIsAPartOfANameAndNamesNobodyElse() {
        done("user", "create", "--external-id", "7");
        done("user", "create", "--external-id", "ACME,7", "--name", "Virtanen, Anna");
        assertThat(done("user", "find", "--name", "virtanen, anna")).contains("ACME,7");
        assertThat(run("user", "delete", "7,ACME", "--yes").status()).isEqualTo(1);
        done("user", "delete", "ACME,7", "--yes");
        assertThat(done("user", "show", "7")).contains("7");
    }

    @Test
    void aListThatGoesOnSaysSo() {
        for (int number = 0; number < 3; number++) {
            done("user", "create", "--name", "Anna " + number);
        }
        assertThat(done("user", "find", "--name", "anna", "-n", "2")).contains("There are more");
        assertThat(done("user", "find", "--name", "anna")).doesNotContain("There are more");
    }

    @Test
    void onlyWhatIsGivenIsChangedAndAnEmptyValueRemoves() throws IOException {
        anna();
        var password = Files.writeString(folder.resolve("password"), "three birds on a wire\nnot this");
        var changed = done(
                "user",
                "update",
                "10023",
                "--email",
                "",
                "--remove-flag",
                "GOLD",
                "--password-file",
                password.toString(),
                "--state",
                "REGISTERED");
        assertThat(changed).contains("Anna Virtanen", "+358 40 123 4567").doesNotContain("anna@example.com", "GOLD");
        var user = bss.get("/users/by_external_id/10023");
        assertThat(user.at("/data/attributes/contact_details/email").isNull()).isTrue();
        assertThat(user.at("/data/meta/security/password_set").asBoolean()).isTrue();
        assertThat(changed).doesNotContain("three birds");
    }

    @Test
    void aSuspensionKeepsTheOtherFlagsAndCanBeLifted() {
        anna();
        assertThat(done("user", "suspend", "10023")).contains("UNREGISTERED, suspended", "GOLD, LOGIN_RESTRICTED");
        assertThat(done("user", "suspend", "10023", "--lift")).contains("GOLD").doesNotContain("suspended");
    }

    @Test
    void anActivationLinkIsPrintedOnlyWhenAskedFor() {
        anna();
        assertThat(done("user", "resend-activation", "10023", "--print")).contains("/activate");
        done("user", "update", "10023", "--state", "REGISTERED");
        assertThat(run("user", "resend-activation", "10023", "--print").errors())
                .contains("already_registered");
    }

    @Test
    void aUserIsDeletedOnlyWithYes() {
        anna();
        assertThat(run("user", "delete", "10023").status()).isEqualTo(2);
        assertThat(done("user", "delete", "10023", "--yes")).startsWith("Deleted ");
        var gone = run("user", "show", "10023");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.errors()).contains("There is no user 10023.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user find", "user update 10023", "user create --password-file /nowhere", "user find -n x"})
    void wrongUsageIsStatusTwo(String line) {
        assertThat(run(line.split(" ", -1)).status()).isEqualTo(2);
    }

    @Test
    void withoutATenantsKeyTheCommandSaysHowToGetOne() throws IOException {
        var remote = run(Map.of("ROSTER_URL", server.url()), "user", "find", "x");
        assertThat(remote.status()).isEqualTo(2);
        assertThat(remote.errors()).contains("ROSTER_API_KEY");
        Files.writeString(folder.resolve("server-url"), server.adminUrl() + "\n" + server.url() + "\n");
        var here = new HashMap<>(Map.of("ROSTER_DATA", folder.toString()));
        assertThat(run(here, "user", "find", "x").errors()).contains("ROSTER_API_KEY", "./roster key create");
        here.put("ROSTER_API_KEY", bss.key());
        assertThat(run(here, "user", "find", "x").status()).isZero();
    }

    @Test
    void aKeyIsUpdatedAndTheAuditNamesKeysByTheirPrefix() {
        var prefix = bss.key().substring(4, 12);
        var admin = Map.of("ROSTER_URL", server.adminUrl(), "ROSTER_ADMIN_KEY", server.adminKey());
        var updated = run(
                admin,
                "key",
                "update",
                prefix,
                "--name",
                "CRM",
                "--scope",
                "users:read",
                "--expires",
                "30d",
                "--rate-limit",
                "100/1s");
        assertThat(updated.errors()).isEmpty();
        assertThat(updated.out())
                .contains("CRM", "users:read", "100/1s")
                .doesNotContain("users:write", "shown only now");
        assertThat(run(admin, "key", "update", prefix, "--expires", "", "--rate-limit", "", "--json")
                        .out())
                .contains(Json.json("'expires_time' : null"), Json.json("'rate_limit' : null"));
        assertThat(run(admin, "key", "update", prefix).status()).isEqualTo(2);
        assertThat(run(admin, "events", "--key", prefix, "--kind", "api_key.updated")
                        .out())
                .contains("key=" + prefix, "by=" + server.adminKey().substring(4, 12));
        run(admin, "key", "rotate", prefix, "--overlap", "1h");
        assertThat(run(admin, "key", "list").out().lines().filter(line -> line.startsWith(prefix)))
                .singleElement()
                .asString()
                .contains("in force, old secret until ");
    }

    @Test
    void everyExampleStandsOnALineOfItsOwn() {
        var nowhere = new PrintWriter(new StringWriter());
        assertExamples(Commands.line(new Terminal(Map.of(), nowhere, nowhere, () -> 0), Map.of()));
    }

    private static void assertExamples(CommandLine command) {
        var help = command.getUsageMessage();
        for (var line : command.getCommandSpec().usageMessage().footer()) {
            assertThat(help.lines()).contains(line);
        }
        command.getSubcommands().values().forEach(UserCommandsTest::assertExamples);
    }

    private String doneWithPrivacy(String... arguments) {
        var key = server.newKey(tenant, "users:read", "privacy");
        var run = run(Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", key.key()), arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run.out();
    }

    @Test
    void everythingAboutAPersonIsPrintedOrWrittenToAFileThatOthersCannotRead() throws IOException {
        anna();
        var printed = doneWithPrivacy("user", "export", "anna@example.com");
        assertThat(new JsonMapper()
                        .readTree(printed)
                        .at("/data/attributes/user/name")
                        .asString())
                .isEqualTo("Anna Virtanen");
        assertThat(printed.lines().count()).isGreaterThan(20);

        var file = folder.resolve("anna.json");
        assertThat(doneWithPrivacy("user", "export", "10023", "-o", file.toString()))
                .isEmpty();
        assertThat(new JsonMapper().readTree(Files.readString(file)).at("/data/attributes/events"))
                .hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("anna.json.part")).doesNotExist();
    }

    @Test
    void aDeletedUserIsExportedByItsExternalIdOrId() {
        anna();
        var id = idOf("10023");
        done("user", "delete", "10023", "--yes");
        for (var user : List.of("10023", id)) {
            assertThat(new JsonMapper()
                            .readTree(doneWithPrivacy("user", "export", user))
                            .at("/data/attributes/user/deleted_time")
                            .isNumber())
                    .isTrue();
        }
    }

    @Test
    void nobodyIsExportedWhoIsNotThereOrWithoutTheScope() {
        anna();
        var refused =
                run("user", "export", "10023", "-o", folder.resolve("anna.json").toString());
        assertThat(refused.status()).isEqualTo(Failure.REFUSED);
        assertThat(refused.errors()).contains("insufficient_scope");
        assertThat(folder).isEmptyDirectory();
        assertThat(run("user", "export", "99999").errors()).contains("There is no user 99999");
    }

    @Test
    void aDeletedUserIsRestoredByItsExternalIdOrId() {
        anna();
        var id = idOf("10023");
        for (var user : List.of("10023", id)) {
            done("user", "delete", "10023", "--yes");
            assertThat(done("user", "restore", user)).contains("Anna Virtanen", id);
        }
        var again = run("user", "restore", "10023");
        assertThat(again.status()).isEqualTo(Failure.REFUSED);
        assertThat(again.errors()).contains("none was deleted");
    }

    @Test
    void aPersonIsErasedByAnyNameAndTheReceiptIsPrinted() {
        anna();
        var id = idOf("10023");
        assertThat(run("user", "erase", "10023").status()).isEqualTo(2);
        assertThat(run("user", "erase", "10023", "--yes").errors()).contains("insufficient_scope");
        var receipt = doneWithPrivacy("user", "erase", "anna@example.com", "--yes");
        assertThat(receipt).contains("Receipt", id).containsPattern("users: +1").doesNotContain("nna", "10023");
        assertThat(done("user", "find", "--name", "anna")).doesNotContain("Anna");
        assertThat(doneWithPrivacy("user", "erase", id, "--yes")).containsPattern("users: +0");
        assertThat(run("user", "restore", id).status()).isEqualTo(Failure.REFUSED);
    }

    @Test
    void aDeletedPersonIsErasedByTheExternalId() {
        anna();
        done("user", "delete", "10023", "--yes");
        assertThat(doneWithPrivacy("user", "erase", "10023", "--yes")).containsPattern("deleted_copies: +1");
    }

    private String idOf(String user) {
        return new JsonMapper()
                .readTree(done("user", "show", user, "--json"))
                .at("/data/id")
                .asString();
    }
}
