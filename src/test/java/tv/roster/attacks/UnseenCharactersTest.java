package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.Json.quoted;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// What cannot be seen is no content, in any text that somebody chooses.
class UnseenCharactersTest {
    private final ApiClient bss = TestServer.shared().newTenant();
    private final AdminClient admin = new AdminClient(TestServer.shared().admin());

    /// One of each kind; `U+` and its number each.
    static Stream<String> unseen() {
        return Stream.of(
                        0x20, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180B, 0x180E, 0x2003, 0x200B,
                        0x200D, 0x200E, 0x202F, 0x2060, 0x2063, 0x2800, 0x3000, 0x3164, 0xE000, 0xFDD0, 0xFE0F, 0xFEFF,
                        0xFFA0, 0xFFF9, 0xFFFF, 0x13441, 0x1BCA0, 0x1D159, 0x1D173, 0x1FFFE, 0xE0001, 0xE0100, 0x10FFFF)
                .map(character -> "U+%04X".formatted(character));
    }

    private static String character(String name) {
        return Character.toString(Integer.parseInt(name, 2, name.length(), 16));
    }

    private static void isRefused(Response response, String pointer) {
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(response.code()).isEqualTo("invalid_value");
        assertThat(response.source()).isEqualTo("/data/attributes/" + pointer);
        assertThat(response.at("/errors")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void aTextOfThemAloneIsEmpty(String name) {
        var text = quoted(character(name).repeat(3));
        isRefused(bss.post("/users", ApiClient.user("{'name':" + text + "}")), "name");
        isRefused(bss.post("/users", ApiClient.user("{'external_id':" + text + "}")), "external_id");
        var profiles = "/users/" + bss.createUser("").id() + "/user_profiles";
        isRefused(bss.post(profiles, document("UserProfile", "'name':" + text)), "name");
        var api = admin.api();
        isRefused(api.post("/tenants", document("Tenant", "'slug':'x','name':" + text)), "name");
        isRefused(api.post("/tenants", document("Tenant", "'name':'X','slug':" + text)), "slug");
        isRefused(api.post("/api_keys", document("ApiKey", "'name':" + text)), "name");
        var sender = "'slug':'x','name':'X','settings':{'sender_name':" + text + "}";
        isRefused(api.post("/tenants", document("Tenant", sender)), "settings/sender_name");
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void anAddressHasNone(String name) {
        var character = character(name);
        for (var address : new String[] {
            "an%sna@example.com", "%sanna@example.com", "anna%s@example.com", "%s@example.com", "anna@ex%sample.com",
            "anna@mün%schen.de", "anna@münchen.de%s", "ü%sü@example.com", "\"a%sb\"@example.com", "а%sа@example.com"
        }) {
            if (address.startsWith("\"") && name.equals("U+0020")) {
                continue;
            }
            var email = quoted(address.formatted(character));
            isRefused(
                    bss.post("/users", ApiClient.user("{'contact_details':{'email':" + email + "}}")),
                    "contact_details/email");
        }
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void anExternalIdHasNoneAtItsEnds(String name) {
        var character = character(name);
        for (var id : new String[] {character + "C-1", "C-1" + character}) {
            var refused = bss.post("/users", ApiClient.user("{'external_id':" + quoted(id) + "}"));
            isRefused(refused, "external_id");
            assertThat(refused.textAt("/errors/0/detail")).contains("white space");
        }
    }

    @Test
    void anExternalIdThatNobodyCouldHaveMeetsNobody() {
        var id = bss.createUser("'external_id':'C-1'").id();
        assertThat(bss.get("/users/by_external_id/C-1").id()).isEqualTo(id);
        for (var sent : new String[] {"%20C-1", "C-1%20", "%E3%80%80C-1", "C-1%E2%80%8B", "%20"}) {
            assertThat(bss.get("/users/by_external_id/" + sent).status()).isEqualTo(404);
            assertThat(bss.delete("/users/by_external_id/" + sent).status()).isEqualTo(404);
            assertThat(bss.get("/users?filter[external_id]=" + sent).at("/data"))
                    .isEmpty();
            var put = bss.put("/users/by_external_id/" + sent, ApiClient.user("{}"));
            assertThat(put.status()).isEqualTo(422);
            assertThat(put.textAt("/errors/0/detail")).contains("white space");
        }
        assertThat(bss.get("/users").at("/data")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "مهدی\u200Cپور",
                "👩\u200D👩\u200D👧",
                "❤\uFE0F",
                "क\u094D\u200Dष",
                " Anna\u00A0",
                "A\u00ADb",
                "\u2800a\u3164",
                "🏴\uDB40\uDC67\uDB40\uDC7F"
            })
    void aNameWithSomethingToBeSeenIsKeptByteForByte(String name) {
        var made = bss.createUser("'name':" + quoted(name));
        assertThat(made.textAt("/data/attributes/name")).isEqualTo(name);
        assertThat(bss.get("/users/" + made.id()).textAt("/data/attributes/name"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"نامه\u200Cای@example.com", "क\u094D\u200Dष@example.com", "anna@نامه\u200Cای.com"})
    void joinersThatPartOrJoinLettersStayInAddresses(String email) {
        var made = bss.createUser("'contact_details':{'email':" + quoted(email) + "}");
        assertThat(made.textAt("/data/attributes/contact_details/email")).isEqualTo(email);
    }

    @ParameterizedTest
    @CsvSource({
        "e%CC%81,400",
        "e%CC%81%CC%88,400",
        "a%E2%80%8B,400",
        "a%E2%81%A0%EF%BB%BF,400",
        "a%EF%B8%8F,400",
        "%CC%81%CC%81,400",
        "%E3%85%A4%E3%85%A4,400",
        "%E2%A0%80a,400",
        "%20a%20,400",
        "a+,400",
        "%C3%9F,400",
        "%EF%AC%81,400",
        "%ED%95%9C,400",
        "%E1%84%92%E1%85%A1%E1%86%AB,400",
        "ab,200",
        "%C3%A9%C3%A9,200",
        "e%CC%81a,200",
        "a%20b,200",
        "%ED%95%9C%EA%B8%80,200",
        "%F0%9F%98%80%F0%9F%98%80,200",
        "a%E2%80%8Bb,200"
    })
    void aSearchInNamesIsForTwoCharacters(String sent, int status) {
        var list = bss.get("/users?filter[name]=" + sent);
        assertThat(list.status()).as(list.text()).isEqualTo(status);
        assertThat(list.source()).isEqualTo(status == 400 ? "filter[name]" : null);
    }

    @Test
    void aSearchIsAsLongAsANameAtMost() {
        assertThat(bss.get("/users?filter[name]=" + "a".repeat(256)).status()).isEqualTo(200);
        assertThat(bss.get("/users?filter[name]=" + "a".repeat(257)).status()).isEqualTo(400);
    }
}
