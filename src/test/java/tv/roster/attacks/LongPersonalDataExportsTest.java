package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Together;

/// Exports of a person with so many events that they are met in the middle.
class LongPersonalDataExportsTest {
    /// More than fits into the buffers of a connection.
    private static final int EVENTS = 10_000;

    private static final int MOST_OF_TENANT = 4;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final TestServer SERVER = TestServer.shared();

    private final UUID tenant = SERVER.addTenant();
    private final ApiClient bss = SERVER.newKey(tenant, "users:read", "users:write", "privacy");
    private final String user = bss.createUser("'name':'Anna'").id();
    private final String path = "/users/" + user + "/personal_data_exports";

    private void addEvents() {
        SERVER.execute("""
                insert into user_event (tenant_id, id, time, kind, user_id, address, version, after)
                select ?, gen_random_uuid(), now(), 'user.updated', ?, '192.0.2.1', 1,
                       jsonb_build_object('name', repeat(md5(n::text), 25))
                  from generate_series(1, ?) n""", tenant, UUID.fromString(user), EVENTS);
    }

    /// A client in the middle of an export, whose head it has read.
    private RawHttp begin(ApiClient client) {
        var connection = new RawHttp(Integer.parseInt(SERVER.url().replaceAll(".*:", "")))
                .send("POST /api/user/management/v4" + path
                        + " HTTP/1.1\r\nHost: roster.example\r\nContent-Length: 0\r\n" + "Authorization: Apikey "
                        + client.key() + "\r\n\r\n");
        assertThat(connection.readHead().status()).isEqualTo(201);
        return connection;
    }

    private static JsonNode rest(RawHttp connection) {
        var body = new ByteArrayOutputStream();
        try (connection) {
            connection.readChunks(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new JsonMapper().readTree(body.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTenantRunsFourAtATimeAndOnlyTheseAreInTheAuditLog() {
        addEvents();
        var hanging = IntStream.range(0, MOST_OF_TENANT)
                .mapToObj(number -> begin(bss))
                .toList();
        Together.run(50, number -> bss.post(path, null)).forEach(refused -> {
            ContractForm.checkError(refused);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("rate_limited");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
        });
        assertThat(SERVER.value("select count(*) from admin_event where user_id = ?", UUID.fromString(user)))
                .isEqualTo("4");
        var other = SERVER.newKey(SERVER.addTenant(), "users:write", "privacy");
        var berta = other.createUser("'name':'Berta'").id();
        assertThat(other.post("/users/" + berta + "/personal_data_exports", null)
                        .status())
                .isEqualTo(201);

        hanging.getFirst().reset();
        await().atMost(SOON).until(() -> bss.post(path, null).status() == 201);
        assertThat(rest(hanging.getLast()).at("/data/attributes/events")).hasSize(EVENTS + 1);
        hanging.forEach(RawHttp::close);
    }

    @Test
    void aKeyThatIsRevokedMidwayGetsNoMore() {
        addEvents();
        var connection = begin(bss);
        SERVER.execute("update api_key set revoked_time = 1 where tenant_id = ?", tenant);
        SERVER.execute("update installation set access_version = access_version + 1");
        SERVER.refresh();
        var body = new ByteArrayOutputStream();
        try (connection) {
            assertThatThrownBy(() -> connection.readChunks(body)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aUserThatIsDeletedMidwayIsExportedAsItWas() {
        addEvents();
        var connection = begin(bss);
        assertThat(bss.delete("/users/" + user).status()).isEqualTo(204);
        var export = rest(connection).at("/data/attributes");
        assertThat(export.at("/user/deleted_time").isNull()).isTrue();
        assertThat(export.at("/events"))
                .hasSize(EVENTS + 1)
                .noneMatch(event -> event.at("/kind").asString().equals("user.deleted"));
    }
}
