package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.refused;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 4, "Lists": `filter[search]`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListSearchTest {
    private final ApiClient bss =
            TestServer.shared().newKey(TestServer.shared().addTenant("GOLD"), "users:read", "users:write", "bulk");
    private final ApiClient other = TestServer.shared().newTenant();
    private final List<String> users = new ArrayList<>();

    @BeforeAll
    void createUsers() {
        create("'name':'José Müller','external_id':'Kunde-0815','user_flags':['GOLD'],"
                + "'contact_details':{'email':'Jose.M@Example.com','telephone_number_E123':'+358 40 123 4567'}");
        create(
                "'name':'Anna 100%_a\\\\b','external_id':'a%c_1\\\\2','contact_details':{'email':'René+TV@bücher.example'}");
        create("'name':'Straße Işık, Ağrı','contact_details':{'email':'weiß@xn--mnchen-3ya.example',"
                + "'telephone_number_E123':'+39 06 1234 5678'}");
        create("'name':'山田 太郎','contact_details':{'email':'οδυσσεύς@example.com'}");
        create("'name':'Ὀδυσσεύς','user_flags':['GOLD'],'contact_details':{'email':'\\\\'a  b\\\\'@quoted.example'},"
                        .replace("\\\\'", "\\\"")
                + "'registration_information':{'registration_state':'REGISTERED'}");
        create("");
        other.createUser("'name':'José Müller','external_id':'Kunde-0815','contact_details':"
                + "{'email':'jose.m@example.com','telephone_number_E123':'+358 40 123 4567'}");
    }

    private void create(String attributes) {
        users.add(bss.createUser(attributes).id());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The places in [#users] of those that a text finds.
    private String found(String text, String others) {
        return ids(bss.get("/users?filter[search]=" + encoded(text) + others)).stream()
                .map(id -> String.valueOf(users.indexOf(id)))
                .collect(Collectors.joining(" "));
    }

    private String found(String text) {
        return found(text, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "müller|0",
                "MULLER|0",
                "sé m|0",
                "  josé   müller |0",
                "müllers|~~",
                "ann|1",
                "00%_A\\b|1",
                "%%%|~~",
                "___|~~",
                "\\\\\\|~~",
                "0%a|~~",
                "100_|~~",
                "a\\\\b|~~",
                "strasse|2",
                "straße|2",
                "STRASSE ISIK|2",
                "ışık|2",
                "isik, agri|2",
                "k\\, a|~~",
                "müller,anna|~~",
                "山田 太郎|3",
                "田 太|3",
                "太郎山|~~",
            })
    void namesContainTheText(String text, String expected) {
        assertThat(found(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "JOSE.m@|0",
                "josé.m@example.com|0",
                "e.m@ex|0",
                "jose_m|~~",
                "example.com|0 3",
                "rene+tv|1",
                "RENÉ+tv@BÜCHER.example|1",
                "rene tv|~~",
                "tv@bucher|1",
                "xn--bcher-kva|1",
                "tv@XN--BCHER-KVA.example|1",
                "@münchen|2",
                "munchen.ex|2",
                "xn--mnchen-3ya.example|2",
                "xn--nobody-3ya|~~",
                "weiss@|2",
                "WEIẞ@|2",
                "οδυσσευς@|3",
                "ΟΔΥΣΣΕΥΣ|3 4",
                "ὀδυσσεύς|3 4",
                "δυσσ|3 4",
                "δυσσευςο|~~",
                "\"a b\"@|4",
                "\"a  b\"@quoted|4",
            })
    void emailAddressesContainTheText(String text, String expected) {
        assertThat(found(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "358401234567|0",
                "+358 40 123 4567|0",
                "+358 (0)40 123-4567|0",
                "00358 40 123|0",
                "0035840|0",
                "0040123|~~",
                "040 123|0",
                "(040) 123-45|0",
                "040/123.4567|0",
                "040 1234567|0",
                "０４０ １２３|0",
                "040 1235|~~",
                "0 123 4568|~~",
                "40 12-34|0",
                "4567|0 2",
                "567 8|2",
                "1234|0 2",
                "06 1234|2",
                "0061234|~~",
                "567|~~",
                "45 6|~~",
                "tel 4567|~~",
                "4567x|~~",
                "45%67|~~",
                "45_67|~~",
                "4567 \\|~~",
                "12,34|~~",
                "3584012345678|~~",
            })
    void telephoneNumbersContainTheDigits(String text, String expected) {
        assertThat(found(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Kunde-0815|0",
                "Kun|0",
                "Kunde-08 |0",
                "kunde-0815|~~",
                "unde-0815|~~",
                "Kunde-08155|~~",
                "K_nde|~~",
                "Kunde%|~~",
                "a%c|1",
                "a%c_1\\2|1",
                "a%c_1\\\\2|~~",
                "aXc|~~",
                "a%c%|~~",
            })
    void externalIdsBeginWithTheText(String text, String expected) {
        assertThat(found(text)).isEqualTo(expected);
    }

    @Test
    void idsBeginWithTheText() {
        for (var id : users) {
            var place = String.valueOf(users.indexOf(id));
            var bare = id.replace("-", "");
            for (var text : List.of(
                    id,
                    id.toUpperCase(Locale.ROOT),
                    bare,
                    id.substring(0, 35),
                    id.substring(0, 24),
                    bare.substring(0, 29),
                    " " + id + " ",
                    id.substring(0, 8) + bare.substring(8))) {
                assertThat(found(text)).as(text).contains(place);
            }
            assertThat(found(id)).isEqualTo(place);
            assertThat(found(bare.substring(0, 31))).isEqualTo(place);
            for (var text : List.of(id.substring(1), id.substring(0, 7) + "-" + id.substring(7), id + "0", id + "-")) {
                assertThat(found(text)).as(text).isEmpty();
            }
        }
        assertThat(found(users.getFirst().substring(0, 3))).isEqualTo("0 1 2 3 4 5");
        assertThat(found("---")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "%20ab%20",
                "%C3%A9%CC%81e",
                "ae%CC%81%CC%81",
                "%E2%80%8Bab",
                "%20%20%20",
                "%CC%81%CC%81%CC%81",
                "%E2%80%8B%E2%80%8B%E2%80%8B",
                "%C3%9Fx",
                "%E5%A4%AA%E9%83%8E",
                "a%00b",
                "%ff%fe%fd"
            })
    void aTextOfLessThanThreeCharactersIsRefused(String text) {
        for (var call : List.of("/users", "/exports/users")) {
            refused(bss.get(call + "?filter[search]=" + text), 400, "bad_query", "filter[search]");
        }
    }

    @Test
    void theLongestTextHas256Characters() {
        assertThat(found("x".repeat(256))).isEmpty();
        assertThat(found("\uFDFA".repeat(256))).isEmpty();
        assertThat(found("\uD83D\uDE00".repeat(256))).isEmpty();
        assertThat(found("0".repeat(256))).isEmpty();
        assertThat(found("%_\\".repeat(85))).isEmpty();
        assertThat(found("xn--a".repeat(51))).isEmpty();
        for (var text : List.of("x".repeat(257), "x".repeat(5_000))) {
            var response = refused(bss.get("/users?filter[search]=" + text), 400, "bad_query", "filter[search]");
            assertThat(response.textAt("/errors/0/detail")).contains("at most 256 characters");
        }
    }

    @Test
    void textsOfAllKindsOfCharactersAreNoFault() {
        for (int character = 1; character < 0x3000; character++) {
            if (character % 7 == 0 || character < 0x80) {
                var text = "a" + Character.toString(character) + "b" + Character.toString(character) + "c";
                assertThat(bss.get("/users?filter[search]=" + encoded(text)).status())
                        .as("U+%04X", character)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void itIsOneOfTheFilters() {
        assertThat(found("example", "&filter[user_flags]=GOLD")).isEqualTo("0 4");
        assertThat(found("example", "&filter[registration_state]=REGISTERED")).isEqualTo("4");
        assertThat(found("example", "&filter[name]=anna")).isEqualTo("1");
        assertThat(found("example", "&filter[external_id]=none")).isEmpty();
        assertThat(found("muller", "&filter[id]=" + users.get(0))).isEqualTo("0");
        assertThat(found("muller", "&filter[id]=" + users.get(1))).isEmpty();
        refused(bss.get("/users?filter[search]=anna&filter[search]=bea"), 400, "bad_query", "filter[search]");
    }

    @ParameterizedTest
    @CsvSource({
        "created_time,0 1 2 3 4",
        "-created_time,4 3 2 1 0",
        "name,1 0 2 4 3",
        "-name,3 4 2 0 1",
        "external_id,0 1 2 3 4",
        "-external_id,1 0 4 3 2",
        "email,4 0 1 2 3",
        "-email,3 2 1 0 4",
        "registration_time,4 0 1 2 3",
        "-registration_time,4 3 2 1 0",
    })
    void theOrderIsThatOfTheSort(String sort, String expected) {
        assertThat(found("example", "&sort=" + sort)).isEqualTo(expected);
        var met = new ArrayList<String>();
        var page = bss.get("/users?filter[search]=example&page[total]=true&page[size]=2&sort=" + sort);
        met.addAll(ids(page));
        assertThat(page.at("/meta/page/total").asInt()).isEqualTo(5);
        while (!page.at("/links/next").isNull()) {
            page = bss.get(page.textAt("/links/next"));
            met.addAll(ids(page));
        }
        assertThat(met.stream().map(id -> String.valueOf(users.indexOf(id))).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        var before = bss.get(page.textAt("/links/prev"));
        assertThat(ids(before)).isEqualTo(met.subList(2, 4));
    }

    @Test
    void aCursorBelongsToItsText() {
        var next = bss.get("/users?filter[search]=example&page[size]=2").textAt("/links/next");
        refused(bss.get(next.replace("=example", "=exampl")), 400, "bad_cursor", "page[after]");
        refused(bss.get(next.replaceFirst("filter[^&]*search[^&]*&", "")), 400, "bad_cursor", "page[after]");
    }

    @Test
    void aChangedUserIsFoundByItsNewMembersOnly() {
        var tenant = TestServer.shared().newTenant();
        var user = tenant.createUser("'name':'Before','contact_details':{'email':'before@example.com',"
                        + "'telephone_number_E123':'+358 40 1111111'}")
                .id();
        tenant.patchUser(
                user,
                "'name':'After','contact_details':{'email':'after@example.com',"
                        + "'telephone_number_E123':'+358 40 2222222'}");
        for (var text : List.of("before", "401111")) {
            assertThat(ids(tenant.get("/users?filter[search]=" + text))).isEmpty();
        }
        for (var text : List.of("after", "fter@", "402222")) {
            assertThat(ids(tenant.get("/users?filter[search]=" + text))).containsExactly(user);
        }
        tenant.delete("/users/" + user);
        assertThat(ids(tenant.get("/users?filter[search]=after"))).isEmpty();
    }

    @Test
    void anExportTakesItAsWell() {
        var export = bss.get("/exports/users?filter[search]=" + encoded("MULLER"));
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.text()).contains(users.getFirst()).hasLineCount(1);
    }

    @Test
    void theOtherTenantsUserIsFoundByItAlone() {
        assertThat(ids(other.get("/users?filter[search]=muller"))).hasSize(1).doesNotContain(users.getFirst());
    }
}
