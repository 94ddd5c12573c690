package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;
import static tv.roster.contract.Expect.user;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Section 4, "PATCH", and what section 5a says of null.
class PatchTest {
    private static final String FULL = """
            "name":"Anna","user_flags":["GOLD"],"external_id":"c1",
            "contact_details":{"email":"a@example.com","telephone_number_E123":"+358 40 123 4567"},
            "registration_information":{"registration_state":"REGISTERED"}""";
    private final ApiClient bss = TestServer.shared().newTenant("GOLD", "SILVER");
    private String id;

    @BeforeEach
    void createUser() {
        id = bss.createUser(FULL).id();
    }

    private Response patch(String members) {
        return bss.patch("/users/" + id, user(id, members));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'Bea'|/name|'Bea'",
                "'name':null|/name|null",
                "'user_flags':['SILVER']|/user_flags|['SILVER']",
                "'user_flags':[]|/user_flags|[]",
                "'user_flags':null|/user_flags|[]",
                "'external_id':null|/external_id|null",
                "'contact_details':{'email':null}|/contact_details|{'email':null,'telephone_number_E123':'+358 40 123 4567'}",
                "'contact_details':{'email':'A@example.com'}|/contact_details/email|'A@example.com'",
                "'contact_details':{'telephone_number_E123':null}|/contact_details|{'email':'a@example.com','telephone_number_E123':null}",
                "'contact_details':null|/contact_details|{'email':null,'telephone_number_E123':null}",
                "'registration_information':{'registration_state':'UNREGISTERED'}|/registration_information|{'registration_state':'UNREGISTERED','registration_time':null}",
            })
    void onlyWhatIsSentChanges(String attributes, String pointer, String expected) {
        var before = bss.get("/users/" + id).at("/data/attributes");
        var after = answered(bss.patchUser(id, attributes), 200);
        assertThat(after.at("/data/attributes" + pointer).toString()).isEqualTo(json(expected));
        assertThat(after.etag()).isEqualTo(etag(2));
        for (var member : before.propertyNames()) {
            if (!pointer.startsWith("/" + member)) {
                assertThat(after.at("/data/attributes/" + member)).isEqualTo(before.get(member));
            }
        }
        assertThat(bss.get("/users/" + id).at("/data")).isEqualTo(after.at("/data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'attributes':{}",
                "'attributes':{'contact_details':{},'registration_information':{}},'meta':{},'relationships':{}",
                "'attributes':{'name':'Anna','user_flags':['GOLD'],'external_id':'c1'}",
                "'attributes':{'registration_information':{'registration_state':'REGISTERED'}}",
                "'meta':{'security':{'user_password':null}}",
                "'meta':{'version':1,'security':{'password_set':false}}"
            })
    void aChangeOfNothingLeavesTheVersion(String members) {
        assertThat(answered(patch(members), 200).etag()).isEqualTo(etag(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?include=default_user_profile",
                "?include=user_profiles",
                "?fields[User]=name,contact_details",
                "?include=user_profiles&fields[UserProfile]=name"
            })
    void whatWasReadMayBeSentBack(String query) {
        bss.post("/users/" + id + "/user_profiles", Expect.profile(null, "'name':'Kids'"));
        var read = bss.get("/users/" + id + query).text();
        assertThat(answered(bss.patch("/users/" + id, read), 200).etag()).isEqualTo(etag(1));
        assertThat(answered(bss.patch("/users/by_external_id/c1", read), 200).etag())
                .isEqualTo(etag(1));
        assertThat(answered(bss.put("/users/by_external_id/c1", read), 200).etag())
                .isEqualTo(etag(1));
        assertThat(answered(bss.patch("/users/" + id, read, "Idempotency-Key", "k"), 200)
                        .etag())
                .isEqualTo(etag(1));
        var changed = read.replace("Anna", "Bea");
        assertThat(answered(bss.patch("/users/" + id, changed), 200).textAt("/data/attributes/name"))
                .isEqualTo("Bea");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'meta':{'version':2}|/data/meta/version",
                "'meta':{'version':null}|/data/meta/version",
                "'meta':{'created_time':1}|/data/meta/created_time",
                "'meta':{'updated_time':1}|/data/meta/updated_time",
                "'meta':{'security':{'password_set':true}}|/data/meta/security/password_set",
                "'attributes':{'registration_information':{'registration_time':1}}|/data/attributes/registration_information/registration_time",
                "'attributes':{'registration_information':{'registration_time':null}}|/data/attributes/registration_information/registration_time",
                "'relationships':{'user_profiles':{'data':[]}}|/data/relationships/user_profiles/data",
                "'relationships':{'user_profiles':{'data':[{'type':'UserProfile','id':'x'}]}}|/data/relationships/user_profiles/data",
            })
    void aReadOnlyMemberThatDiffersIsRefused(String members, String pointer) {
        refused(patch(members), 422, "read_only", pointer);
        var path = "/users/by_external_id/c1";
        refused(bss.put(path, user(id, members)), 422, "read_only", pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'attributes':{'registration_information':null}|wrong_type|/data/attributes/registration_information",
                "'attributes':null|wrong_type|/data/attributes",
                "'relationships':[]|wrong_type|/data/relationships",
                "'relationships':{'default_user_profile':null}|wrong_type|/data/relationships/default_user_profile",
                "'relationships':{'default_user_profile':{'data':null}}|invalid_value|/data/relationships/default_user_profile/data",
                "'relationships':{'default_user_profile':{}}|invalid_value|/data/relationships/default_user_profile",
                "'relationships':{'default_user_profile':{'links':{},'meta':{}}}|invalid_value|/data/relationships/default_user_profile",
                "'relationships':{'user_profiles':{}}|invalid_value|/data/relationships/user_profiles",
                "'relationships':{'user_profiles':{'meta':{}}}|invalid_value|/data/relationships/user_profiles",
                "'relationships':{'default_user_profile':{'date':1}}|unknown_member|/data/relationships/default_user_profile/date",
                "'meta':{'version':'1'}|wrong_type|/data/meta/version",
                "'meta':{'security':{'user_password':''}}|weak_password|/data/meta/security/user_password",
            })
    void aBadMemberIsToldWithItsPointer(String members, String code, String pointer) {
        refused(patch(members), 422, code, pointer);
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(1));
    }

    @Test
    void typeAndIdMustMatchThePath() {
        var other = bss.createUser("").id();
        refused(bss.patch("/users/" + id, user(other, "")), 409, "id_mismatch", "/data/id");
        refused(bss.patch("/users/by_external_id/c1", user(other, "")), 409, "id_mismatch", "/data/id");
        refused(bss.patch("/users/by_external_id/c1", user("x", "")), 409, "id_mismatch", "/data/id");
        var readOnlyToo = user(other, "'meta':{'version':9}");
        refused(bss.patch("/users/by_external_id/c1", readOnlyToo), 409, "id_mismatch", "/data/id");
        refused(bss.patch("/users/" + id, Expect.profile(id, "")), 409, "type_mismatch", "/data/type");
        refused(bss.patch("/users/" + id, "{'data':{'type':'User'}}"), 400, "malformed_document", "/data");
        refused(bss.patch("/users/" + id, "{'data':{'id':'" + id + "'}}"), 400, "malformed_document", "/data");
        refused(bss.patch("/users/" + id, "{'data':{'type':'User','id':5}}"), 422, "wrong_type", "/data/id");
    }

    @Test
    void registrationTimeIsWhenTheStateBecameRegistered() {
        var clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        try (var server = new TestServer(java.util.Map.of(), clock)) {
            var tenant = server.newTenant();
            var user = tenant.createUser("").id();
            var registered = "'registration_information':{'registration_state':'REGISTERED'}";
            var time = "/data/attributes/registration_information/registration_time";
            clock.advance(Duration.ofSeconds(10));
            long first = clock.instant().getEpochSecond();
            assertThat(tenant.patchUser(user, registered).at(time).asLong()).isEqualTo(first);
            clock.advance(Duration.ofSeconds(10));
            var again = tenant.patchUser(user, registered + ",'name':'A'");
            assertThat(again.at(time).asLong()).isEqualTo(first);
            assertThat(again.at("/data/meta/updated_time").asLong()).isEqualTo(first + 10);
            assertThat(again.at("/data/meta/created_time").asLong()).isEqualTo(first - 10);
            var unregistered = registered.replace("REGISTERED", "UNREGISTERED");
            assertThat(tenant.patchUser(user, unregistered).at(time).isNull()).isTrue();
            clock.advance(Duration.ofSeconds(10));
            assertThat(tenant.patchUser(user, registered).at(time).asLong()).isEqualTo(first + 20);
        }
    }

    @Test
    void aPasswordIsSetAndRemoved() {
        var set = patch("'meta':{'security':{'user_password':'corn-salad-77','password_set':false}}");
        assertThat(answered(set, 200).at("/data/meta/security/password_set").asBoolean())
                .isTrue();
        assertThat(set.etag()).isEqualTo(etag(2));
        var removed = patch("'meta':{'security':{'user_password':null}}");
        assertThat(removed.at("/data/meta/security/password_set").asBoolean()).isFalse();
        assertThat(removed.etag()).isEqualTo(etag(3));
    }

    @Test
    void aTakenValueNamesItsUser() {
        var other = bss.createUser("'external_id':'c2','contact_details':{'email':'b@example.com'}");
        var email = bss.patchUser(id, "'contact_details':{'email':'B@example.com'}");
        refused(email, 409, "email_taken", "/data/attributes/contact_details/email");
        assertThat(email.textAt("/errors/0/meta/existing_id")).isEqualTo(other.id());
        var external = bss.patch("/users/by_external_id/c1", user(id, "'attributes':{'external_id':'c2'}"));
        refused(external, 409, "external_id_taken", "/data/attributes/external_id");
        assertThat(external.textAt("/errors/0/meta/existing_id")).isEqualTo(other.id());
        answered(bss.patchUser(id, "'contact_details':{'email':'A@Example.com'}"), 200);
    }

    @Test
    void ofManyChangesWithOneTagExactlyOneWins() {
        var answers = Together.run(
                30,
                number -> bss.patchUser(id, "'name':'N" + number + "'", "If-Match", etag(1))
                        .status());
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers).containsOnly(200, 412);
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(2));
    }

    @Test
    void noChangeIsLostAmongManyAtOnce() {
        var answers = Together.run(
                30,
                number -> number % 2 == 0
                        ? bss.patchUser(id, "'name':'N" + number + "'").status()
                        : patch("'attributes':{'name':'N" + number
                                        + "'},'relationships':{'user_profiles':{'links':{}}}")
                                .status());
        assertThat(answers).containsOnly(200);
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(31));
    }
}
