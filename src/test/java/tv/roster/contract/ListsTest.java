package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.refused;
import static tv.roster.testing.Json.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Section 4, "Lists": pages, links, cursors and sorts.
class ListsTest {
    private static final String PROFILE = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/";
    private final ApiClient bss = TestServer.shared().newTenant();

    @Test
    void aListWithoutUsersHasNoOtherPages() {
        var list = answered(bss.get("/users"), 200);
        assertThat(list.at("/data").toString()).isEqualTo("[]");
        assertThat(list.textAt("/links/self")).isEqualTo(bss.base() + "/users");
        assertThat(list.textAt("/links/first")).isEqualTo(bss.base() + "/users");
        assertThat(list.at("/links/prev").isNull()).isTrue();
        assertThat(list.at("/links/next").isNull()).isTrue();
        assertThat(list.header("Content-Type")).startsWith("application/vnd.api+json");
    }

    @ParameterizedTest
    @CsvSource({"6,2", "5,2", "6,6", "6,7", "6,1", "1,1", "6,3"})
    void pagesLinkToEachOtherAndEndWithNull(int users, int size) {
        var created = Expect.create(bss, users);
        var first = bss.get("/users?page[size]=" + size);
        assertThat(first.at("/links/prev").isNull()).isTrue();
        assertThat(Expect.walk(bss, "/users?page[size]=" + size, "next")).isEqualTo(created);
        var page = first;
        while (!page.at("/links/next").isNull()) {
            var next = bss.get(page.textAt("/links/next"));
            assertThat(next.at("/data").size()).isPositive();
            var back = bss.get(next.textAt("/links/prev"));
            assertThat(back.at("/data")).isEqualTo(page.at("/data"));
            assertThat(back.at("/links/prev").isNull())
                    .isEqualTo(page.at("/links/prev").isNull());
            assertThat(bss.get(back.textAt("/links/next")).at("/data")).isEqualTo(next.at("/data"));
            assertThat(next.textAt("/links/first")).isEqualTo(first.textAt("/links/first"));
            page = next;
        }
    }

    @Test
    void theUsualPageHasOneHundred() {
        Expect.create(bss, 101);
        assertThat(ids(bss.get("/users"))).hasSize(100);
        assertThat(ids(bss.get("/users?page[size]=1000"))).hasSize(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created_time",
                "-created_time",
                "name",
                "-name",
                "email",
                "external_id",
                "registration_time",
                "-updated_time",
                "updated_time"
            })
    void anEmptyPageLinksToTheLastOrTheFirst(String sort) {
        Expect.create(bss, 3);
        var list = "/users?sort=" + sort + "&page[size]=1";
        var second = bss.get(bss.get(list).textAt("/links/next"));
        var third = bss.get(second.textAt("/links/next"));
        bss.delete("/users/" + ids(third).getFirst());
        var empty = bss.get(second.textAt("/links/next"));
        assertThat(ids(empty)).isEmpty();
        assertThat(empty.at("/links/next").isNull()).isTrue();
        assertThat(bss.get(empty.textAt("/links/prev")).at("/data")).isEqualTo(second.at("/data"));
        var before = bss.get(second.textAt("/links/prev"));
        bss.delete("/users/" + ids(before).getFirst());
        var emptyToo = bss.get(second.textAt("/links/prev"));
        assertThat(ids(emptyToo)).isEmpty();
        assertThat(emptyToo.at("/links/prev").isNull()).isTrue();
        assertThat(bss.get(emptyToo.textAt("/links/next")).at("/data")).isEqualTo(second.at("/data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "x", "1.5", "+1", "1e3", "-2147483648", "٣", "000"})
    void aPageSizeIsAWholeNumberFromOneOn(String size) {
        refused(bss.get("/users?page[size]=" + encoded(size)), 400, "bad_query", "page[size]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "5000", "999999999", "2147483648", "4294967297", "99999999999999999999", "0001001"})
    void aPageSizeOverTheLimitIsToldByTheProfilesRules(String size) {
        var response = bss.get("/users?page[size]=" + size);
        refused(response, 400, "page_size_too_large", "page[size]");
        assertThat(response.at("/errors/0/meta/page/maxSize").asInt()).isEqualTo(1000);
        assertThat(response.textAt("/errors/0/links/type")).isEqualTo(PROFILE + "max-size-exceeded");
    }

    @Test
    void afterTogetherWithBeforeIsRefusedByTheProfilesRules() {
        Expect.create(bss, 2);
        var next = bss.get("/users?page[size]=1").textAt("/links/next");
        var response = bss.get(next + "&page[before]=" + next.replaceAll(".*after%5D=", ""));
        refused(response, 400, "bad_query");
        assertThat(response.textAt("/errors/0/links/type")).isEqualTo(PROFILE + "range-pagination-not-supported");
    }

    @Test
    void aCursorIsGoodForItsListSortAndFilterAlone() {
        Expect.create(bss, 3);
        var next = bss.get("/users?page[size]=1&sort=name&filter[registration_state]=UNREGISTERED")
                .textAt("/links/next");
        answered(bss.get(next), 200);
        answered(bss.get(next.replace("size%5D=1", "size%5D=2")), 200);
        answered(bss.get(next + "&page[total]=true&include=user_profiles&fields[User]=name"), 200);
        refused(bss.get(next.replace("sort=name", "sort=-name")), 400, "bad_cursor", "page[after]");
        refused(bss.get(next.replace("sort=name", "sort=email")), 400, "bad_cursor", "page[after]");
        refused(bss.get(next.replace("sort=name&", "")), 400, "bad_cursor", "page[after]");
        refused(bss.get(next.replace("=UNREG", "=REG")), 400, "bad_cursor", "page[after]");
        refused(bss.get(next + "&filter[created_since]=0"), 400, "bad_cursor", "page[after]");
        var cursor = next.replaceAll(".*after%5D=", "");
        var other = TestServer.shared().newTenant();
        refused(other.get("/users?page[after]=" + cursor), 400, "bad_cursor", "page[after]");
        for (int at = 0; at < cursor.length(); at += 7) {
            char changed = cursor.charAt(at) == 'A' ? 'B' : 'A';
            var forged = cursor.substring(0, at) + changed + cursor.substring(at + 1);
            refused(bss.get(next.replace(cursor, forged)), 400, "bad_cursor", "page[after]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "%F0%9F%98%80", "01890000-0000-7000-8000-000000000000", "a=b", "%00"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertThat(bss.get("/users?page[after]=" + cursor).status()).isEqualTo(400);
        assertThat(bss.get("/users?page[before]=" + cursor).status()).isEqualTo(400);
    }

    @Test
    void theTotalIsToldWhereItIsAskedFor() {
        Expect.create(bss, 3);
        assertThat(bss.get("/users?page[total]=true&page[size]=1")
                        .at("/meta/page/total")
                        .asInt())
                .isEqualTo(3);
        assertThat(bss.get("/users?page[total]=true&filter[registration_state]=REGISTERED")
                        .at("/meta/page/total")
                        .asInt())
                .isZero();
        assertThat(bss.get("/users").at("/meta").isMissingNode()).isTrue();
        assertThat(bss.get("/users?page[total]=false").at("/meta").isMissingNode())
                .isTrue();
        refused(bss.get("/users?page[total]=1"), 400, "bad_query", "page[total]");
        var next = bss.get(bss.get("/users?page[total]=true&page[size]=1").textAt("/links/next"));
        assertThat(next.at("/meta/page/total").asInt()).isEqualTo(3);
    }

    @Test
    void linksKeepTheWholeQuery() {
        Expect.create(bss, 2);
        Response page = bss.get("/users?page[size]=1&sort=-created_time&filter[registration_state]=UNREGISTERED"
                + "&fields[User]=name&include=default_user_profile&page[total]=true");
        var next = bss.get(page.textAt("/links/next"));
        assertThat(next.at("/meta/page/total").asInt()).isEqualTo(2);
        assertThat(next.at("/included").size()).isEqualTo(1);
        assertThat(next.at("/data/0/attributes").toString()).isEqualTo(json("{'name':null}"));
        assertThat(bss.get(next.textAt("/links/self")).at("/data")).isEqualTo(next.at("/data"));
    }

    @Test
    void aParameterThatComesTwiceOrIsBrokenIsRefused() {
        refused(bss.get("/users?sort=name&sort=email"), 400, "bad_query", "sort");
        refused(bss.get("/users?page[size]=1&page%5Bsize%5D=2"), 400, "bad_query", "page[size]");
        refused(bss.get("/users?page[limit]=1"), 400, "bad_query", "page[limit]");
        refused(bss.get("/users?filter=1"), 400, "bad_query", "filter");
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
