package tv.roster.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.operations.Atomic.addProfile;
import static tv.roster.operations.Atomic.addUser;
import static tv.roster.operations.Atomic.done;
import static tv.roster.operations.Atomic.remove;
import static tv.roster.operations.Atomic.send;
import static tv.roster.operations.Atomic.update;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// A call makes all of its changes or none, whatever goes on beside it.
class AllOrNothingTest {
    private final TestServer server = TestServer.shared();
    private final String tenant = server.addTenant().toString();
    private final ApiClient bss = server.newKey(UUID.fromString(tenant), "users:read", "users:write");

    /// Everything that a call could leave behind: users with their versions, profiles, and lines of the event log.
    private String traces() {
        return server.value("""
                select (select count(*) || ':' || coalesce(sum(version), 0) from roster_user where tenant_id = ?::uuid)
                    || ' ' || (select count(*) from user_profile where tenant_id = ?::uuid)
                    || ' ' || (select count(*) from user_event where tenant_id = ?::uuid)""", tenant, tenant, tenant);
    }

    private String events(String kind) {
        return server.value("select count(*) from user_event where tenant_id = ?::uuid and kind = ?", tenant, kind);
    }

    @Test
    void eachOperationHasItsLineInTheEventLog() {
        var anna = bss.createUser("").id();
        var response = done(
                bss,
                addUser("u", "'name':'Bea'"),
                addProfile("p", "u", "Kids"),
                update(anna, "'name':'Anna'"),
                update(anna, "'name':'Anna'"),
                "{'op':'remove','ref':{'type':'UserProfile','lid':'p'}}",
                remove("User", anna));
        assertThat(response.at("/atomic:results")).hasSize(6);
        assertThat(traces()).isEqualTo("1:1 1 6");
        assertThat(List.of(
                        events("user.created"),
                        events("user.updated"),
                        events("user.deleted"),
                        events("profile.created"),
                        events("profile.deleted")))
                .containsExactly("2", "1", "1", "1", "1");
    }

    @Test
    void nothingIsLeftOfACallThatFailsAtItsEnd() {
        var anna = bss.createUser("'external_id':'a'").id();
        var kids = bss.post(
                        "/users/" + anna + "/user_profiles",
                        "{'data':{'type':'UserProfile','attributes':{'name':'Kids'}}}")
                .id();
        var before = traces();
        var user = bss.get("/users/" + anna).text();
        var good = List.of(
                addUser("u", "'external_id':'u'"),
                addProfile("p", "u", "Own"),
                update(anna, "'name':'Anna','external_id':'b'"),
                "{'op':'update','ref':{'type':'User','id':'" + anna + "','relationship':'default_user_profile'},"
                        + "'data':{'type':'UserProfile','id':'" + kids + "'}}",
                "{'op':'update','data':{'type':'UserProfile','id':'" + kids + "','attributes':{'age_limit':7}}}",
                "{'op':'remove','ref':{'type':'User','lid':'u'}}",
                remove("User", anna));
        for (var last : List.of(
                addUser("x", "'nme':1"),
                addUser("x", "'external_id':''"),
                remove("User", "01890000-0000-7000-8000-000000000000"),
                update(anna, ""),
                remove("UserProfile", kids))) {
            var all = new ArrayList<>(good);
            all.add(last);
            var response = send(bss, all);
            assertThat(response.status()).as(response.text()).isIn(404, 422);
            assertThat(response.source()).startsWith("/atomic:operations/7");
            assertThat(traces()).isEqualTo(before);
        }
        assertThat(bss.get("/users/" + anna).text()).isEqualTo(user);
        assertThat(send(bss, good).status()).isEqualTo(200);
        assertThat(bss.allUserIds()).isEmpty();
    }

    @Test
    void aTakenValueNamesTheUserThatHasItAlsoIfTheCallItselfGaveItAway() {
        var anna = bss.createUser("'external_id':'a','contact_details':{'email':'a@example.com'}")
                .id();
        var bea = bss.createUser("").id();
        var response = send(
                bss,
                update(anna, "'external_id':null"),
                update(bea, "'external_id':'a'"),
                addUser("c", "'external_id':'a','contact_details':{'email':'A@example.com'}"));
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.at("/errors")).hasSize(2);
        for (var error : response.at("/errors")) {
            boolean email = error.at("/code").asString().equals("email_taken");
            assertThat(error.at("/meta/existing_id").asString()).isEqualTo(email ? anna : bea);
            assertThat(error.at("/source/pointer").asString()).startsWith("/atomic:operations/2/data/attributes/");
        }
    }

    @Test
    void aRepeatedCallIsReplayedByteForByte() {
        var operations = List.of(addUser("u", "'name':'Änna \\\"A\\\"'"), addProfile("p", "u", "Kids"));
        var first = send(bss, operations, "Idempotency-Key", "order-1");
        var again = send(bss, operations, "Idempotency-Key", "order-1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Content-Type")).isEqualTo(Atomic.TYPE);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(traces()).isEqualTo("1:1 2 2");

        var other = send(bss, operations.subList(0, 1), "Idempotency-Key", "order-1");
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void refusalsAndRemovalsAreReplayedAsWell() {
        var anna = bss.createUser("'external_id':'a'").id();
        var taken = List.of(addUser("u", ""), addUser("v", "'external_id':'a'"));
        var refused = send(bss, taken, "Idempotency-Key", "order-2");
        assertThat(refused.status()).isEqualTo(409);
        var removal = send(bss, List.of(remove("User", anna)), "Idempotency-Key", "order-3");
        assertThat(removal.status()).isEqualTo(204);

        var refusedAgain = send(bss, taken, "Idempotency-Key", "order-2");
        assertThat(refusedAgain.status()).isEqualTo(409);
        assertThat(refusedAgain.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(refusedAgain.at("/errors/0/source")).isEqualTo(refused.at("/errors/0/source"));
        var removalAgain = send(bss, List.of(remove("User", anna)), "Idempotency-Key", "order-3");
        assertThat(removalAgain.status()).isEqualTo(204);
        assertThat(removalAgain.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(bss.allUserIds()).isEmpty();
    }

    @Test
    void ofManyEqualCallsWithOneKeyOneIsCarriedOut() {
        var operations = Atomic.users(10);
        var responses = Together.run(8, number -> send(bss, operations, "Idempotency-Key", "order-4"));
        var done =
                responses.stream().filter(response -> response.status() == 200).toList();
        assertThat(done).isNotEmpty();
        assertThat(done.stream().map(Response::text).distinct()).hasSize(1);
        assertThat(responses).allMatch(response -> response.status() == 200 || response.status() == 409);
        assertThat(bss.allUserIds()).hasSize(10);
    }

    /// Calls lock what they address in one order, so that they do not block each other.
    @Test
    void callsInOppositeOrdersAreCarriedOutOneAfterTheOther() {
        var ids = IntStream.range(0, 20).mapToObj(at -> bss.createUser("").id()).toList();
        var responses = Together.run(6, number -> {
            var order = new ArrayList<>(ids);
            if (number % 2 == 1) {
                Collections.reverse(order);
            }
            return send(
                    bss,
                    order.stream()
                            .map(id -> update(id, "'name':'Round " + number + "'"))
                            .toList());
        });
        assertThat(responses).allMatch(response -> response.status() == 200);
        assertThat(bss.allUsers()
                        .map(user -> user.at("/attributes/name").asString())
                        .distinct())
                .hasSize(1);
        assertThat(bss.allUsers()).allMatch(user -> user.at("/meta/version").asLong() == 7);
        assertThat(events("user.updated")).isEqualTo("120");
    }

    @Test
    void singleCallsBesideOperationsAreNotLost() {
        var ids = IntStream.range(0, 8).mapToObj(at -> bss.createUser("").id()).toList();
        var responses = Together.run(12, number -> {
            if (number % 3 == 0) {
                var operations = new ArrayList<>(ids.stream()
                        .map(id -> update(id, "'name':'Call " + number + "'"))
                        .toList());
                operations.add("{'op':'add','href':'/api/user/management/v4/users/" + ids.getLast()
                        + "/user_profiles','data':{'type':'UserProfile','attributes':{'name':'P" + number + "'}}}");
                Collections.shuffle(operations);
                return send(bss, operations);
            }
            var id = ids.get(number % ids.size());
            return number % 3 == 1
                    ? bss.patchUser(id, "'name':'Single " + number + "'")
                    : bss.post(
                            "/users/" + ids.getLast() + "/user_profiles",
                            "{'data':{'type':'UserProfile','attributes':{'name':'S" + number + "'}}}");
        });
        assertThat(responses).allMatch(response -> response.status() < 300);
        assertThat(events("user.updated")).isEqualTo(Integer.toString(4 * 8 + 4));
        assertThat(bss.allUsers()
                        .mapToLong(user -> user.at("/meta/version").asLong())
                        .sum())
                .isEqualTo(8 + 4 * 8 + 4);
        assertThat(bss.get("/users/" + ids.getLast() + "/user_profiles").at("/data"))
                .hasSize(1 + 4 + 4);
    }

    /// Nothing can be locked before it exists: these calls block each other until PostgreSQL ends one of them, which
    /// is then tried again.
    @Test
    void ofCallsThatWantTheSameValuesInOppositeOrdersOneGetsThem() {
        var responses = Together.run(2, number -> {
            var order = new ArrayList<>(IntStream.range(0, 10)
                    .mapToObj(at -> addUser("u" + at, "'external_id':'wanted-" + at + "'"))
                    .toList());
            if (number % 2 == 1) {
                Collections.reverse(order);
            }
            return send(bss, order);
        });
        assertThat(responses).filteredOn(response -> response.status() == 200).hasSize(1);
        assertThat(responses).allMatch(response -> List.of(200, 409, 503).contains(response.status()));
        assertThat(responses.stream().filter(response -> response.status() == 409))
                .allMatch(response -> bss.get("/users/" + response.textAt("/errors/0/meta/existing_id"))
                                .status()
                        == 200);
        assertThat(bss.allUserIds()).hasSize(10);
    }

    @Test
    void otherTenantsUsersAreNotFound() {
        var stranger = server.newTenant();
        var user = stranger.createUser("'external_id':'a'");
        var profile = user.textAt("/data/relationships/default_user_profile/data/id");
        var id = user.id();
        for (var operation : List.of(
                update(id, "'name':'Mine'"),
                remove("User", id),
                remove("UserProfile", profile),
                "{'op':'update','data':{'type':'UserProfile','id':'" + profile + "'}}",
                "{'op':'update','href':'/api/user/management/v4/users/by_external_id/a','data':{'type':'User'}}",
                "{'op':'add','data':{'type':'UserProfile','attributes':{'name':'Mine'},'relationships':"
                        + "{'user':{'data':{'type':'User','id':'" + id + "'}}}}}")) {
            assertThat(send(bss, operation).status()).isEqualTo(404);
        }
        var mine = bss.createUser("").id();
        var theirProfile = send(
                bss,
                "{'op':'update','ref':{'type':'User','id':'" + mine + "','relationship':'default_user_profile'},"
                        + "'data':{'type':'UserProfile','id':'" + profile + "'}}");
        assertThat(theirProfile.status()).isEqualTo(422);
        assertThat(stranger.get("/users/" + id).at("/data/meta/version").asInt())
                .isEqualTo(1);
        assertThat(send(bss, addUser("u", "'external_id':'a'")).status()).isEqualTo(200);
    }

    @Test
    void aTenantThatIsDeletedMeanwhileLeavesNoHalfOfACall() {
        var admin = server.admin();
        var leaving = server.addTenant();
        var key = server.newKey(leaving, "users:read", "users:write");
        var calls = Together.run(4, number -> {
            if (number == 0) {
                return admin.delete("/tenants/" + leaving + "?users=delete");
            }
            return send(key, Atomic.users(60));
        });
        assertThat(calls.getFirst().status()).isIn(204, 409, 503);
        assertThat(calls.subList(1, 4)).allMatch(call -> List.of(200, 401, 503).contains(call.status()));
        var left = server.value("select count(*) from roster_user where tenant_id = ?::uuid", leaving.toString());
        assertThat(Integer.parseInt(left) % 60).isZero();
    }
}
