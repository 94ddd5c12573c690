package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.events.feed.FeedReader;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

/// A person is erased at once and for good, with a receipt.
class ErasuresApiTest {
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "users:read", "users:write", "events:read", "privacy");

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        server = new TestServer(Map.of(), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Response erase(String attributes) {
        return api.post("/erasures", document("Erasure", attributes));
    }

    private Response erased(String attributes) {
        var erased = erase(attributes);
        assertThat(erased.status()).as(erased.text()).isEqualTo(201);
        return erased;
    }

    private static Response byId(ErasuresApiTest test, String id) {
        return test.erased("'user_id':'" + id + "'");
    }

    private static int count(Response receipt, String place) {
        return StreamSupport.stream(receipt.at("/data/attributes/removed").spliterator(), false)
                .filter(removed -> removed.path("place").asString().equals(place))
                .findFirst()
                .orElseThrow()
                .path("count")
                .asInt();
    }

    private static int sum(Response receipt) {
        return StreamSupport.stream(receipt.at("/data/attributes/removed").spliterator(), false)
                .mapToInt(removed -> removed.path("count").asInt())
                .sum();
    }

    @Test
    void aUserIsErasedAndTheReceiptSaysWhatWasRemoved() {
        var id = api.createUser("'name':'Anna','external_id':'cid-1','contact_details':{'email':'anna@example.org'}")
                .id();
        api.patchUser(id, "'name':'Anna Virtanen'");
        var receipt = erased("'external_id':'cid-1'");
        assertThat(receipt.header("Location")).isEqualTo(receipt.textAt("/data/links/self"));
        assertThat(receipt.textAt("/data/type")).isEqualTo("Erasure");
        assertThat(receipt.textAt("/data/attributes/user_id")).isEqualTo(id);
        long now = clock.instant().getEpochSecond();
        assertThat(receipt.at("/data/attributes/requested_time").asLong()).isEqualTo(now);
        assertThat(receipt.at("/data/attributes/finished_time").asLong()).isEqualTo(now);
        assertThat(count(receipt, "users")).isOne();
        assertThat(count(receipt, "profiles")).isOne();
        assertThat(count(receipt, "events")).isEqualTo(2);
        assertThat(count(receipt, "mails")).isZero();
        assertThat(receipt.text()).doesNotContain("nna", "cid-1");

        assertThat(api.get("/users/" + id).status()).isEqualTo(404);
        assertThat(api.get("/users/by_external_id/cid-1").status()).isEqualTo(404);
        assertThat(api.post("/deleted_users/" + id + "/restorations", null).status())
                .isEqualTo(404);
        var left = api.get("/deleted_users/" + id);
        assertThat(left.at("/data/attributes/external_id").isNull()).isTrue();
        assertThat(left.at("/data/attributes/deleted_time").asLong()).isEqualTo(now);
        assertThat(left.at("/data/attributes/purge_time").asLong()).isEqualTo(now);
        assertThat(api.get(receipt.header("Location")).text()).isEqualTo(receipt.text());
        // The address and the id of the BSS are free.
        assertThat(api.post(
                                "/users",
                                ApiClient.user(
                                        "{'external_id':'cid-1','contact_details':{'email':'anna@example.org'}}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theFeedKeepsThatSomethingHappenedAndTellsThatTheUserWasErased() {
        var id = api.createUser("'name':'Anna','external_id':'cid-2'").id();
        api.post("/users/" + id + "/user_profiles", document("UserProfile", "'name':'Kids'"));
        api.patchUser(id, "'name':'Anna Virtanen'");
        byId(this, id);
        var events = new FeedReader(api).rest(4);
        assertThat(events.stream()
                        .map(event -> event.at("/attributes/kind").asString())
                        .toList())
                .containsExactly("user.created", "profile.created", "user.updated", "user.erased");
        assertThat(events.stream()
                        .map(event -> event.at("/attributes/version").asInt())
                        .toList())
                .containsExactly(1, 1, 2, 2);
        for (var event : events) {
            assertThat(event.at("/attributes/user").isNull()).isTrue();
            assertThat(event.at("/attributes/external_id").isNull()).isTrue();
            assertThat(event.at("/attributes/user_id").asString()).isEqualTo(id);
            assertThat(event.at("/attributes/actor/kind").asString()).isEqualTo("KEY");
            assertThat(event.toString()).doesNotContain("nna", "Kids", "cid-2");
        }
        var audit = server.admin().get("/events?filter%5Buser%5D=" + id);
        assertThat(audit.at("/data").size()).isEqualTo(4);
        assertThat(audit.text()).doesNotContain("nna", "Kids", "cid-2");
        assertThat(audit.at("/data/3/attributes/address").isNull()).isTrue();
        // Who has erased the user is known.
        assertThat(audit.textAt("/data/0/attributes/address")).isEqualTo("127.0.0.1");
    }

    @Test
    void aDeletedUserIsErasedAndAPurgedOneToo() {
        var first = api.createUser("'name':'Anna','external_id':'old'").id();
        api.delete("/users/" + first);
        clock.advance(Duration.ofSeconds(1));
        var second = api.createUser("'name':'Bea','external_id':'old'").id();
        api.delete("/users/" + second);
        // The one that was deleted last.
        var receipt = erased("'external_id':'old'");
        assertThat(receipt.textAt("/data/attributes/user_id")).isEqualTo(second);
        assertThat(count(receipt, "deleted_copies")).isOne();
        assertThat(count(receipt, "events")).isEqualTo(2);
        assertThat(api.post("/deleted_users/" + second + "/restorations", null).status())
                .isEqualTo(404);

        server.execute(
                "update deleted_user set copy = null, external_id = null, forget_time = 1 where tenant_id = ?", tenant);
        var purged = erased("'external_id':'old'");
        assertThat(purged.textAt("/data/attributes/user_id")).isEqualTo(first);
        assertThat(count(purged, "deleted_copies")).isZero();
        assertThat(count(purged, "events")).isEqualTo(2);
        assertThat(erase("'external_id':'old'").status()).isEqualTo(404);
    }

    @Test
    void theLivingUserHasTheExternalIdBeforeADeletedOne() {
        var gone = api.createUser("'name':'Anna','external_id':'both'").id();
        api.delete("/users/" + gone);
        var living = api.createUser("'name':'Bea','external_id':'both'").id();
        assertThat(erased("'external_id':'both'").textAt("/data/attributes/user_id"))
                .isEqualTo(living);
        assertThat(erased("'external_id':'both'").textAt("/data/attributes/user_id"))
                .isEqualTo(gone);
    }

    /// A user that was deleted under this id came back, and has another one now.
    @Test
    void aRestoredUserIsNotMistakenForADeletedOne() {
        var id = api.createUser("'external_id':'before'").id();
        api.delete("/users/" + id);
        api.post("/deleted_users/" + id + "/restorations", null);
        api.patchUser(id, "'external_id':'after'");
        assertThat(erase("'external_id':'before'").status()).isEqualTo(404);
        assertThat(api.get("/users/" + id).status()).isEqualTo(200);
    }

    @Test
    void aSecondErasureFindsNothing() {
        var id = api.createUser("'name':'Anna'").id();
        assertThat(sum(byId(this, id))).isEqualTo(3);
        var second = byId(this, id);
        assertThat(sum(second)).isZero();
        assertThat(second.at("/data/attributes/removed").size()).isEqualTo(11);
        assertThat(new FeedReader(api).rest(2)).hasSize(2);
        assertThat(api.get(second.header("Location")).text()).isEqualTo(second.text());
    }

    @Test
    void anErasureIsRepeatedWithItsKey() {
        var id = api.createUser("'external_id':'again'").id();
        var body = document("Erasure", "'external_id':'again'");
        var first = api.post("/erasures", body, "Idempotency-Key", "erase-1");
        var second = api.post("/erasures", body, "Idempotency-Key", "erase-1");
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.textAt("/data/attributes/user_id")).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                       | 422 | invalid_value",
                "'user_id':'ID','external_id':'a'         | 422 | invalid_value",
                "'user_id':null                           | 422 | wrong_type",
                "'external_id':7                          | 422 | wrong_type",
                "'external_id':' '                        | 422 | invalid_value",
                "'external_id':'a','email':'a@b.example'  | 422 | unknown_member",
                "'user_id':'nobody'                       | 404 | not_found",
                "'user_id':'ID'                           | 404 | not_found",
                "'external_id':'nobody'                   | 404 | not_found"
            },
            quoteCharacter = '`')
    void whoeverIsNotNamedOrNotKnownIsNotErased(String attributes, int status, String code) {
        var refused = erase(
                attributes.replace("''", "").replace("ID", UUID.randomUUID().toString()));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void onlyAKeyWithTheScopeErasesAndOnlyUsersOfItsTenant() {
        var id = api.createUser("'name':'Anna'").id();
        var body = document("Erasure", "'user_id':'" + id + "'");
        var writer = server.newKey(tenant, "users:read", "users:write", "bulk", "events:read");
        assertThat(writer.post("/erasures", body).code()).isEqualTo("insufficient_scope");
        var other = server.newKey(server.addTenant(), "privacy");
        assertThat(other.post("/erasures", body).status()).isEqualTo(404);
        assertThat(api.get("/users/" + id).status()).isEqualTo(200);

        var receipt = byId(this, id).header("Location");
        assertThat(other.get(receipt).status()).isEqualTo(404);
        assertThat(writer.get(receipt).code()).isEqualTo("insufficient_scope");
        for (var unknown : List.of("nothing", UUID.randomUUID().toString())) {
            assertThat(api.get("/erasures/" + unknown).status()).isEqualTo(404);
        }
        assertThat(api.get("/erasures").status()).isEqualTo(405);
        assertThat(api.delete(receipt).status()).isEqualTo(405);
    }

    @Test
    void nothingOfAnotherUserIsTouched() {
        var mine = api.createUser("'name':'Anna','contact_details':{'telephone_number_E123':'+358 40 123 4567'}")
                .id();
        var other = api.createUser("'name':'Anna','contact_details':{'telephone_number_E123':'+358 40 123 4567'}");
        byId(this, mine);
        assertThat(api.get("/users/" + other.id()).at("/data")).isEqualTo(other.at("/data"));
        assertThat(server.value(
                        "select count(*) from user_event where tenant_id = ? and user_id = ? and after is not null",
                        tenant,
                        UUID.fromString(other.id())))
                .isEqualTo("1");
    }
}
