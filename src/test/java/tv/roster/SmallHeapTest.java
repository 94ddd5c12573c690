package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.Together;

/// A server with the heap that the launcher gives it on two processors.
class SmallHeapTest {
    private static final Pattern LIMIT = Pattern.compile("\\((\\d+) KiB\\)");

    @TempDir
    static Path folder;

    private static ServerAlone server;
    private static ApiClient bss;
    private static String hashes;

    @BeforeAll
    static void start() {
        server = ServerAlone.start(
                folder.resolve("data"),
                "-Xmx144m",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=4",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--add-opens=java.base/java.lang=ALL-UNNAMED");
        bss = server.bss();
        var user = bss.createUser(
                "'external_id':'cid-1'," + "'registration_information':{'registration_state':'REGISTERED'}");
        var tenant = server.admin().get("/tenants").textAt("/data/0/id");
        hashes = "/tenants/" + tenant + "/users/" + user.id() + "/password_hash";
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response importHash(int memoryKiB) {
        return server.admin()
                .put(
                        hashes,
                        "{'data':{'type':'PasswordHash','attributes':{'hash':'$argon2id$v=19$m=" + memoryKiB
                                + ",t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY'}}}");
    }

    private static int limit() {
        var refused = importHash(262_144);
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid_value");
        var limit = LIMIT.matcher(refused.text());
        assertThat(limit.find()).as(refused.text()).isTrue();
        return Integer.parseInt(limit.group(1));
    }

    @Test
    void anImportedHashThatNeedsMoreThanTheHeapHasIsRefusedAndTheLimitTold() {
        assertThat(limit()).isBetween(44 * 1024, 64 * 1024);
        assertThat(importHash(limit() + 1).status()).isEqualTo(422);
    }

    @Test
    void theLargestHashIsVerifiedForManyAtOnce() {
        assertThat(importHash(limit()).status()).isEqualTo(204);

        var checks = Together.run(
                8,
                number -> bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':"
                                + "{'external_id':'cid-1','password':'not this one'}}}"));

        assertThat(checks).extracting(Response::status).containsOnly(200);
        assertThat(bss.get("/users").status()).isEqualTo(200);
    }
}
