package tv.roster.events.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.Json.json;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Together;

/// `GET /events`: what happened to a tenant's users, in the order of the commits.
class FeedApiTest {
    private final TestServer server = TestServer.shared();
    private UUID tenant;
    private ApiClient bss;
    private ApiClient reader;

    @BeforeEach
    void newTenant() {
        tenant = server.addTenant("GOLD");
        bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
        reader = server.newKey(tenant, "events:read");
    }

    private FeedReader feed() {
        return new FeedReader(reader);
    }

    @Test
    void everyChangeOfAUserIsThereOnceAndInOrder() {
        var id = bss.createUser("'name':'Anna','external_id':'a-1'").id();
        bss.patchUser(id, "'name':'Anna B.','contact_details':{'email':'anna@example.com'}");
        patch(id, "", "correct horse battery");
        patch(id, "'name':'Anna C.'", "wrong horse battery");
        bss.patchUser(id, "'name':'Anna C.'");
        var profile = bss.post(
                        "/users/" + id + "/user_profiles",
                        "{'data':{'type':'UserProfile','attributes':{'name':'Kids','age_limit':7}}}")
                .id();
        bss.patch(
                "/user_profiles/" + profile,
                "{'data':{'type':'UserProfile','id':'" + profile + "','attributes':{'name':'Children'}}}");
        bss.delete("/user_profiles/" + profile);
        bss.delete("/users/" + id);

        var events = feed().rest(8);
        assertThat(FeedReader.kinds(events))
                .containsExactly(
                        "user.created",
                        "user.updated",
                        "user.password_changed",
                        "user.updated",
                        "profile.created",
                        "profile.updated",
                        "profile.deleted",
                        "user.deleted");
        assertThat(events.stream().map(event -> event.at("/attributes/version").asInt()))
                .containsExactly(1, 2, 3, 4, 4, 4, 4, 4);
        assertThat(events.stream().map(FeedReader::changed))
                .containsExactly(
                        List.of(
                                "name",
                                "registration_information.registration_state",
                                "external_id",
                                "default_user_profile"),
                        List.of("name", "contact_details.email"),
                        List.of("user_password"),
                        List.of("name", "user_password"),
                        List.of("name", "is_child_profile", "age_limit"),
                        List.of("name"),
                        List.of(),
                        List.of());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/type").asString()).isEqualTo("Event");
            assertThat(event.at("/attributes/user_id").asString()).isEqualTo(id);
            assertThat(event.at("/attributes/external_id").asString()).isEqualTo("a-1");
            assertThat(event.at("/attributes/actor/kind").asString()).isEqualTo("KEY");
            assertThat(event.at("/attributes/time").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        });
        assertThat(events.get(5).at("/attributes/profile_id").asString()).isEqualTo(profile);
        assertThat(events.get(5).at("/attributes/profile/name").asString()).isEqualTo("Children");
        assertThat(events.get(6).at("/attributes/profile").isNull()).isTrue();
        assertThat(events.get(7).at("/attributes/user").isNull()).isTrue();
        assertThat(events.toString()).doesNotContain("correct horse", "$argon2");
    }

    private void patch(String id, String attributes, String password) {
        var patched = bss.patch(
                "/users/" + id,
                "{'data':{'type':'User','id':'%s','attributes':{%s},'meta':{'security':{'user_password':'%s'}}}}"
                        .formatted(id, attributes, password));
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    }

    @Test
    void theUserOfAnEventIsThatOfTheUserResource() {
        var id = bss.createUser("""
                'name':'Åsa \\"Q\\" Öberg','external_id':'a','user_flags':['GOLD'],'contact_details':{'email':'asa@example.com',
                'telephone_number_E123':'+46 8 123 456'},'registration_information':{'registration_state':'REGISTERED'}""").id();
        var event = feed().rest(1).getFirst();
        assertThat(event.at("/attributes/user"))
                .isEqualTo(bss.get("/users/" + id).at("/data/attributes"));
        assertThat(reader.get("/events/" + event.at("/id").asString()).at("/data"))
                .isEqualTo(event);
    }

    @Test
    void pagesContinueWhereTheLastOneEnded() {
        var ids = IntStream.range(0, 25).mapToObj(n -> bss.createUser("").id()).toList();
        var feed = new FeedReader(reader, "/events?page%5Bsize%5D=10");
        var seen = new ArrayList<String>();
        feed.rest(25).forEach(event -> seen.add(event.at("/attributes/user_id").asString()));
        assertThat(seen).isEqualTo(ids);

        assertThat(feed.rest(0)).isEmpty();
        bss.patchUser(ids.get(3), "'name':'Bo'");
        assertThat(FeedReader.kinds(feed.rest(1))).containsExactly("user.updated");
    }

    @Test
    void fromNowLeavesOutWhatWasBefore() {
        bss.createUser("");
        feed().rest(1);
        var feed = new FeedReader(reader, "/events?from=now");
        assertThat(feed.page().at("/data")).isEmpty();
        assertThat(feed.next()).doesNotContain("from=");
        var id = bss.createUser("").id();
        assertThat(feed.rest(1))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.at("/attributes/user_id").asString()).isEqualTo(id));
    }

    @Test
    void fromNowInAnEmptyFeedMissesNothing() {
        var feed = new FeedReader(reader, "/events?from=now");
        feed.page();
        bss.createUser("");
        assertThat(feed.rest(1)).hasSize(1);
    }

    @Test
    void filtersLeaveOutTheOthersAndTheCursorHoldsUnderAny() {
        var anna = bss.createUser("").id();
        var bert = bss.createUser("").id();
        bss.patchUser(anna, "'name':'Anna'");
        bss.patchUser(bert, "'name':'Bert'");
        bss.delete("/users/" + anna);
        assertThat(FeedReader.kinds(
                        new FeedReader(reader, "/events?filter%5Bkind%5D=user.deleted,user.created").rest(3)))
                .containsExactly("user.created", "user.created", "user.deleted");
        assertThat(FeedReader.kinds(new FeedReader(reader, "/events?filter%5Buser%5D=" + anna).rest(3)))
                .containsExactly("user.created", "user.updated", "user.deleted");
        assertThat(FeedReader.kinds(new FeedReader(reader, "/events?filter%5Bkind%5D=profile.*").rest(0)))
                .isEmpty();
        assertThat(FeedReader.kinds(new FeedReader(reader, "/events?filter%5Bkind%5D=user.*").rest(5)))
                .hasSize(5);

        feed().rest(5);
        var first = reader.get("/events?page%5Bsize%5D=3");
        var cursor = first.textAt("/links/next").replaceAll(".*page%5Bafter%5D=([^&]*).*", "$1");
        assertThat(FeedReader.kinds(
                        new FeedReader(reader, "/events?page%5Bafter%5D=" + cursor + "&filter%5Buser%5D=" + bert)
                                .rest(1)))
                .containsExactly("user.updated");
    }

    @Test
    void aCallThatWaitsReturnsWithTheNextEvent() {
        var feed = new FeedReader(reader, "/events?wait=60");
        var page = Together.start(feed::page);
        var id = bss.createUser("").id();
        assertThat(page.join().textAt("/data/0/attributes/user_id")).isEqualTo(id);
        var other = Together.start(feed::page);
        bss.delete("/users/" + id);
        assertThat(other.join().textAt("/data/0/attributes/kind")).isEqualTo("user.deleted");
    }

    @Test
    void aCallThatWaitsInVainReturnsAnEmptyPage() {
        var feed = new FeedReader(reader, "/events?wait=1&filter%5Bkind%5D=user.deleted");
        bss.createUser("");
        var page = feed.page();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.at("/data")).isEmpty();
    }

    @Test
    void aCallThatWaitsEndsWhenItsKeyIsRevoked() {
        var key = new AdminClient(server.admin()).newKey(tenant.toString(), ",'scopes':['events:read']");
        var revoked = new ApiClient(reader.base(), AdminClient.secret(key));
        await().until(() -> revoked.get("/events").status() == 200);
        var page = Together.start(() -> revoked.get("/events?wait=2"));
        server.admin().delete("/api_keys/" + key.id());
        assertThat(page.join().status()).isEqualTo(401);
    }

    @Test
    void eventsAreStreamedToClientsThatWantThat() throws Exception {
        var anna = bss.createUser("").id();
        var request = HttpRequest.newBuilder(URI.create(reader.base() + "/events"))
                .header("Authorization", "Apikey " + reader.key())
                .header("Accept", "text/event-stream");
        List<String> lines;
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
            bss.patchUser(anna, "'name':'Anna'");
            try (var body = response.body()) {
                lines = body.filter(line -> !line.isEmpty() && !line.startsWith(":"))
                        .limit(6)
                        .toList();
            }
            http.shutdownNow();
        }
        assertThat(lines.get(1)).isEqualTo("event: user.created");
        assertThat(lines.get(4)).isEqualTo("event: user.updated");
        var first = lines.getFirst().substring("id: ".length());
        assertThat(FeedReader.kinds(new FeedReader(reader, "/events?page%5Bafter%5D=" + first).rest(1)))
                .containsExactly("user.updated");

        try (var http = HttpClient.newHttpClient()) {
            var again = http.send(request.header("Last-Event-ID", first).build(), HttpResponse.BodyHandlers.ofLines());
            try (var body = again.body()) {
                assertThat(body.filter(line -> line.startsWith("event:")).findFirst())
                        .contains("event: user.updated");
            }
            http.shutdownNow();
        }
    }

    @Test
    void aStreamIsKeptOpenWhileThereAreOnlyEventsThatItsFilterLeavesOut() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(reader.base() + "/events?filter%5Bkind%5D=user.deleted"))
                .header("Authorization", "Apikey " + reader.key())
                .header("Accept", "text/event-stream")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            var second = Together.start(() -> {
                try (var body = response.body()) {
                    return body.filter(line -> line.startsWith(":")).skip(1).findFirst();
                }
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                bss.createUser("");
                return second.isDone();
            });
            assertThat(second.join()).isPresent();
            http.shutdownNow();
        }
    }

    @Test
    void aStreamEndsWhenItsKeyIsRevoked() throws Exception {
        var key = new AdminClient(server.admin()).newKey(tenant.toString(), ",'scopes':['events:read']");
        var request = HttpRequest.newBuilder(URI.create(reader.base() + "/events"))
                .header("Authorization", "Apikey " + AdminClient.secret(key))
                .header("Accept", "text/event-stream")
                .build();
        await().until(() -> new ApiClient(reader.base(), AdminClient.secret(key))
                        .get("/events")
                        .status()
                == 200);
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            server.admin().delete("/api_keys/" + key.id());
            bss.createUser("");
            try (var body = response.body()) {
                // Ends, whatever was sent before.
                assertThat(body.count()).isNotNegative();
            }
        }
    }

    @Test
    void importsAndSubscribersAreNamedAsActors() {
        var id = bss.createUser("'contact_details':{'email':'a@example.com'}").id();
        server.execute(
                "update user_event set import_id = ?, api_key_id = null where tenant_id = ?",
                UUID.randomUUID(),
                tenant);
        var link = bss.post(
                "/users/" + id + "/activation_links",
                "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}");
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        var events = feed().rest(2);
        assertThat(events.getFirst().at("/attributes/actor/kind").asString()).isEqualTo("IMPORT");
        assertThat(FeedReader.kind(events.getLast())).isEqualTo("user.activation_link_made");
        assertThat(events.getLast().at("/attributes/user/contact_details/email").asString())
                .isEqualTo("a@example.com");
    }

    @Test
    void aLockoutIsAnEvent() {
        var id = bss.createUser("'external_id':'b','registration_information':{'registration_state':'REGISTERED'}")
                .id();
        patch(id, "", "correct horse battery");
        var wrong = "{'data':{'type':'CredentialCheck','attributes':{'external_id':'b','password':'something else'}}}";
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            bss.post("/credential_checks", wrong);
            return FeedReader.kinds(feed().rest(0)).contains("user.login_locked");
        });
        assertThat(feed().rest(0).getLast().at("/attributes/external_id").asString())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from, bad_query",
        "wait=0, wait, bad_query",
        "wait=61, wait, bad_query",
        "wait=1.5, wait, bad_query",
        "page%5Bsize%5D=0, page[size], bad_query",
        "page%5Bsize%5D=1001, page[size], page_size_too_large",
        "page%5Bbefore%5D=x, page[before], bad_query",
        "page%5Bafter%5D=x, page[after], bad_cursor",
        "page%5Bafter%5D=, page[after], bad_cursor",
        "filter%5Bkind%5D=user.left, filter[kind], bad_query",
        "filter%5Bkind%5D=*, filter[kind], bad_query",
        "filter%5Bkind%5D=, filter[kind], bad_query",
        "filter%5Buser%5D=1, filter[user], bad_query",
        "sort=time, sort, bad_query"
    })
    void whatCannotBeAskedIsRefused(String query, String parameter, String code) {
        var refused = reader.get("/events?" + query);
        ContractForm.checkError(refused);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo(parameter);
    }

    @Test
    void cursorsBelongToTheirTenant() {
        bss.createUser("");
        feed().rest(1);
        var cursor = FeedReader.path(reader.get("/events"));
        var other = server.newKey(server.addTenant(), "events:read");
        assertThat(other.get(cursor).code()).isEqualTo("bad_cursor");
        assertThat(other.get("/events").at("/data")).isEmpty();
        var event = feed().rest(1).getFirst().at("/id").asString();
        assertThat(other.get("/events/" + event).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "00000000-0000-0000-0000-000000000000", "../users"})
    void unknownEventsAreNotFound(String id) {
        assertThat(reader.get("/events/" + id).status()).isEqualTo(404);
    }

    @Test
    void anotherScopeIsNotEnough() {
        assertThat(bss.get("/events").code()).isEqualTo("insufficient_scope");
    }

    @Test
    void aReaderThatFallsTooFarBehindIsTold() {
        var beginning = FeedPosition.beginning(System.currentTimeMillis() / 1_000 - 91 * 24 * 60 * 60);
        var refused =
                reader.get("/events?page%5Bafter%5D=" + beginning.text(new tv.roster.values.ids.TenantId(tenant)));
        ContractForm.checkError(refused);
        assertThat(refused.status()).isEqualTo(410);
        assertThat(refused.code()).isEqualTo("cursor_expired");
    }

    @Test
    void eventsThatAreStillThereAreReadHoweverOldTheyAre() {
        bss.createUser("");
        bss.createUser("");
        feed().rest(2);
        server.execute(
                "update user_event set time = time - interval '91 days', id = overlay(id::text placing"
                        + " lpad(to_hex((extract(epoch from time - interval '91 days') * 1000)::bigint >> 16), 8, '0') from 1 for 8)::uuid"
                        + " where tenant_id = ?",
                tenant);
        assertThat(new FeedReader(reader, "/events?page%5Bsize%5D=1").rest(2)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&filter%5Bkind%5D=user.*"})
    void pagesOfLargeEventsAreShorterAndNothingIsLeftOut(String filter) {
        bss.createUser("");
        feed().rest(1);
        server.execute("""
                insert into user_event (tenant_id, id, time, kind, user_id, version, after)
                select ?, gen_random_uuid(), now(), 'user.created', gen_random_uuid(), 1, jsonb_build_object(
                       'name', (select string_agg(md5((n * i)::text), '') from generate_series(1, 300) i))
                  from generate_series(1, 200) n""", tenant);
        feed().rest(201);
        var page = reader.get("/events?page%5Bsize%5D=1000" + filter);
        assertThat(page.at("/data").size()).isBetween(2, 150);
        assertThat(new FeedReader(reader, "/events?page%5Bsize%5D=1000" + filter).rest(201))
                .extracting(event -> event.at("/id").asString())
                .hasSize(201)
                .doesNotHaveDuplicates();
    }

    /// During an upgrade, servers of two versions run at the same time.
    @Test
    void anEventOfAKindThatOnlyANewerServerKnowsIsNotLeftOut() throws Exception {
        bss.createUser("");
        feed().rest(1);
        server.execute("update user_event set kind = 'user.promoted' where tenant_id = ?", tenant);
        var request = HttpRequest.newBuilder(URI.create(reader.base() + "/events"))
                .header("Authorization", "Apikey " + reader.key())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var page = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).containsOnlyOnce(json("'kind':'user.promoted'"));
        }
    }

    @Test
    void tooManyWaitingReadersOfOneTenantAreRefused() {
        var waiting = IntStream.range(0, 2 * FeedApi.MOST_WAITING_OF_TENANT)
                .mapToObj(n -> Together.start(() -> reader.get("/events?wait=60")))
                .toList();
        await().until(() -> waiting.stream()
                        .filter(call -> call.isDone() && call.join().status() == 429)
                        .count()
                == FeedApi.MOST_WAITING_OF_TENANT);
        bss.createUser("");
        assertThat(waiting).allSatisfy(call -> assertThat(call.join().status()).isIn(200, 429));
    }
}
