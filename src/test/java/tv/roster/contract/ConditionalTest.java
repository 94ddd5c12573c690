package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;
import static tv.roster.contract.Expect.user;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 4 on `ETag`, `If-Match` and `If-None-Match`, and section 5a.
class ConditionalTest {
    private final ApiClient bss = TestServer.shared().newTenant();
    private String id;

    @BeforeEach
    void createUser() {
        id = bss.createUser("'external_id':'c1'").id();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "1"           | 304
            W/"1"         | 304
            *             | 304
            "7", "1"      | 304
            "7",W/"1","x" | 304
            "2"           | 200
            ""            | 200
            "01"          | 200
            "x", "y"      | 200
            1             | 400
            "1            | 400
            "1" "2"       | 400
            w/"1"         | 400
            "1", *        | 400
            """)
    void aTagThatIsKnownSparesTheBody(String tags, int status) {
        for (var path : new String[] {"/users/" + id, "/users/by_external_id/c1"}) {
            var response = bss.get(path, "If-None-Match", tags);
            if (status == 400) {
                refused(response, 400, "bad_header", "If-None-Match");
            } else {
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.etag()).isEqualTo(etag(1));
                assertThat(response.text().isEmpty()).isEqualTo(status == 304);
            }
        }
    }

    @Test
    void theTagStandsForTheUserAloneAndWhole() {
        for (var query : new String[] {"?include=default_user_profile", "?fields[User]=name", "?include="}) {
            var response = answered(bss.get("/users/" + id + query, "If-None-Match", etag(1)), 200);
            assertThat(response.etag()).isNull();
        }
        assertThat(bss.get("/users").etag()).isNull();
        assertThat(bss.get("/users/" + id + "/default_user_profile").etag()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "1"                    | 200
            *                      | 200
            "9", "1"               | 200
            "1",                   | 200
            "2"                    | 412
            W/"1"                  | 412
            "01"                   | 412
            "+1"                   | 412
            "99999999999999999999" | 412
            ""                     | 412
            1                      | 400
            '1'                    | 400
            "1";                   | 400
            ,                      | 400
            """)
    void aTagThatDoesNotHoldRefusesTheChange(String tags, int status) {
        var byId = bss.patchUser(id, "'name':'Anna'", "If-Match", tags);
        assertThat(byId.status()).as(byId.text()).isEqualTo(status);
        if (status == 412) {
            refused(byId, 412, "version_mismatch", "If-Match");
        } else if (status == 400) {
            refused(byId, 400, "bad_header", "If-Match");
        }
        var version = status == 200 ? 2 : 1;
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(version));
        var tag = tags.replace(etag(1), etag(version));
        var external = "/users/by_external_id/c1";
        assertThat(bss.patch(external, user(id, ""), "If-Match", tag).status()).isEqualTo(status);
        assertThat(bss.put(external, ApiClient.user("{}"), "If-Match", tag).status())
                .isEqualTo(status);
        assertThat(bss.patch("/users/" + id, user(id, "'meta':{'version':" + version + "}"), "If-Match", tag)
                        .status())
                .isEqualTo(status);
        assertThat(bss.delete(external, "If-Match", tag).status()).isEqualTo(status == 200 ? 204 : status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"1\""})
    void nothingHoldsForWhatDoesNotExist(String tags) {
        refused(bss.put("/users/by_external_id/new", ApiClient.user("{}"), "If-Match", tags), 412, "version_mismatch");
        refused(bss.get("/users/by_external_id/new"), 404, "not_found");
        refused(bss.delete("/users/" + NOBODY, "If-Match", tags), 404, "not_found");
        refused(bss.patchUser(NOBODY, "", "If-Match", tags), 404, "not_found");
    }

    @Test
    void theRelationshipOfTheDefaultProfileHonoursTheUsersTag() {
        var kids = bss.post("/users/" + id + "/user_profiles", Expect.profile(null, "'name':'Kids'"))
                .id();
        var path = "/users/" + id + "/relationships/default_user_profile";
        refused(bss.patch(path, Expect.linkage(kids), "If-Match", etag(7)), 412, "version_mismatch");
        answered(bss.patch(path, Expect.linkage(kids), "If-Match", etag(1)), 200);
    }
}
