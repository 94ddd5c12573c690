package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Together;

/// Exports of a person whom several clients change at the same time: each is the person at one moment.
class ChangedWhileExportedTest {
    private static final int CLIENTS = 16;
    private static final int PAGE = 100;
    private static final int CHANGES = Integer.getInteger("changes.of.each", 15);

    private final UUID tenant = TestServer.shared().addTenant();
    private final ApiClient bss =
            TestServer.shared().newKey(tenant, "users:read", "users:write", "credentials:verify", "privacy");
    private final String user = bss.createUser("'name':'Anna','external_id':'anna',"
                    + "'registration_information':{'registration_state':'REGISTERED'}")
            .id();

    private void change(int client) {
        for (int at = 0; at < CHANGES; at++) {
            var status = switch (client % 4) {
                case 0, 1 ->
                    bss.patchUser(user, "'name':'Anna " + client + "-" + at + "'")
                            .status();
                case 2 ->
                    bss.post(
                                    "/users/" + user + "/password_reset_links",
                                    "{'data':{'type':'PasswordResetLink','attributes':{'delivery':'none'}}}")
                            .status();
                default ->
                    bss.post(
                                    "/users/" + user + "/user_profiles",
                                    "{'data':{'type':'UserProfile','attributes':{'name':'" + client + "-" + at + "'}}}")
                            .status();
            };
            // A user has at most 20 profiles.
            assertThat(status).isIn(200, 201, 422);
        }
    }

    private JsonNode export() {
        var response = bss.post("/users/" + user + "/personal_data_exports", null);
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response.at("/data/attributes");
    }

    private static void check(JsonNode export) {
        int version = export.at("/user/version").asInt();
        var ofUser = export.at("/events")
                .valueStream()
                .filter(event -> List.of("user.created", "user.updated")
                        .contains(event.at("/kind").asString()))
                .toList();
        assertThat(ofUser.stream().map(event -> event.at("/version").asInt()))
                .as("each version has its event, and none is newer than the user")
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, version).boxed().toList());
        assertThat(ofUser.stream()
                        .filter(event -> event.at("/version").asInt() == version)
                        .map(event -> event.at("/after/name")))
                .containsExactly(export.at("/user/name"));
        assertThat(export.at("/profiles").size())
                .as("each profile has its event")
                .isEqualTo(1
                        + (int) export.at("/events")
                                .valueStream()
                                .filter(event -> event.at("/kind").asString().equals("profile.created"))
                                .count());
    }

    @Test
    void everyExportIsThePersonAtOneMoment() throws Exception {
        var changes = new ArrayList<Future<?>>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            changes.add(Together.start(() -> {
                change(number);
                return null;
            }));
        }
        var over = new AtomicBoolean();
        var exports = IntStream.range(0, 2)
                .mapToObj(_ -> Together.start(() -> {
                    int count = 0;
                    while (!over.get() || count == 0) {
                        check(export());
                        count++;
                    }
                    return count;
                }))
                .toList();
        for (var change : changes) {
            change.get();
        }
        over.set(true);
        for (var each : exports) {
            assertThat(each.get()).isPositive();
        }
        var last = export();
        check(last);
        assertThat(last.at("/events").size()).as("more than a page").isGreaterThan(PAGE);
    }

    @Test
    void aUserThatComesAndGoesIsInEveryExport() {
        bss.post("/users/" + user + "/user_profiles", "{'data':{'type':'UserProfile','attributes':{'name':'Kalle'}}}");
        Together.run(CLIENTS, client -> {
            for (int at = 0; at < CHANGES; at++) {
                switch (client % 4) {
                    case 0 -> assertThat(bss.delete("/users/" + user).status()).isIn(204, 404);
                    case 1 ->
                        assertThat(bss.post("/deleted_users/" + user + "/restorations", null)
                                        .status())
                                .isIn(201, 404);
                    case 2 ->
                        assertThat(bss.patchUser(user, "'name':'" + client + "-" + at + "'")
                                        .status())
                                .isIn(200, 404);
                    default -> {
                        var export = export();
                        assertThat(export.at("/profiles")).hasSize(2);
                        assertThat(export.at("/user/external_id").asString()).isEqualTo("anna");
                        boolean isDeleted = export.at("/user/deleted_time").isNumber();
                        assertThat(lastKind(export).equals("user.deleted")).isEqualTo(isDeleted);
                    }
                }
            }
            return null;
        });
    }

    private static String lastKind(JsonNode export) {
        int version = export.at("/user/version").asInt();
        var last = export.at("/events")
                .valueStream()
                .filter(event -> event.at("/version").asInt() == version)
                .map(event -> event.at("/kind").asString())
                .toList();
        return last.contains("user.deleted") ? "user.deleted" : last.getLast();
    }
}
