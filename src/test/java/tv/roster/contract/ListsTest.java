package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.each;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.refused;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    private List<String> create(int count) {
        var ids = new ArrayList<String>();
        for (int number = 0; number < count; number++) {
            ids.add(bss.createUser("").id());
        }
        return ids;
    }

    /// All ids from `path` on, by the link of this name.
    private List<String> walk(String path, String link) {
        var ids = new ArrayList<String>();
        for (var page = bss.get(path); ; page = bss.get(page.textAt("/links/" + link))) {
            ids.addAll(link.equals("prev") ? ids(page).reversed() : ids(page));
            if (page.at("/links/" + link).isNull()) {
                return ids;
            }
        }
    }

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
        var created = create(users);
        var first = bss.get("/users?page[size]=" + size);
        assertThat(first.at("/links/prev").isNull()).isTrue();
        assertThat(walk("/users?page[size]=" + size, "next")).isEqualTo(created);
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
        create(101);
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
        create(3);
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
    @ValueSource(strings = {"0", "-1", "", "x", "1.5", "+1", "99999999999999999999", "٣"})
    void aPageSizeIsAWholeNumberFromOneOn(String size) {
        refused(bss.get("/users?page[size]=" + encoded(size)), 400, "bad_query", "page[size]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "5000", "999999999"})
    void aPageSizeOverTheLimitIsToldByTheProfilesRules(String size) {
        var response = bss.get("/users?page[size]=" + size);
        refused(response, 400, "page_size_too_large", "page[size]");
        assertThat(response.at("/errors/0/meta/page/maxSize").asInt()).isEqualTo(1000);
        assertThat(response.textAt("/errors/0/links/type")).isEqualTo(PROFILE + "max-size-exceeded");
    }

    @Test
    void afterTogetherWithBeforeIsRefusedByTheProfilesRules() {
        create(2);
        var next = bss.get("/users?page[size]=1").textAt("/links/next");
        var response = bss.get(next + "&page[before]=" + next.replaceAll(".*after%5D=", ""));
        refused(response, 400, "bad_query");
        assertThat(response.textAt("/errors/0/links/type")).isEqualTo(PROFILE + "range-pagination-not-supported");
    }

    @Test
    void aCursorIsGoodForItsListSortAndFilterAlone() {
        create(3);
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
        create(3);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--name", "+name", "id", "Name", "name,email", "name,", "telephone", "-created"})
    void anythingElseThanTheSixSortsIsRefused(String sort) {
        refused(bss.get("/users?sort=" + sort), 400, "bad_query", "sort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "created_time|0 1 2 3 4 5",
                "-created_time|5 4 3 2 1 0",
                "name|4 0 3 2 1 5",
                "-name|2 3 0 4 5 1",
                "email|2 4 3 0 1 5",
                "-email|3 4 2 5 1 0",
                "external_id|4 3 1 0 2 5",
                "-external_id|1 3 4 5 2 0",
                "registration_time|1 3 0 2 4 5",
                "-registration_time|3 1 5 4 2 0",
            })
    void usersAreSortedWithNullLastAndTiesByIdTheWayOfTheSort(String sort, String expected) {
        var created = List.of(
                bss.createUser("\"name\":\"bea\"").id(),
                bss.createUser("\"external_id\":\"b\",\"registration_information\":"
                                + "{\"registration_state\":\"REGISTERED\"}")
                        .id(),
                bss.createUser("\"name\":\"ärla\",\"contact_details\":{\"email\":\"ab@example.com\"}")
                        .id(),
                bss.createUser("\"name\":\"BEA\",\"external_id\":\"a\",\"contact_details\":"
                                + "{\"email\":\"c@example.com\"},\"registration_information\":"
                                + "{\"registration_state\":\"REGISTERED\"}")
                        .id(),
                bss.createUser("\"name\":\"Anna\",\"external_id\":\"B\",\"contact_details\":"
                                + "{\"email\":\"B@example.com\"}")
                        .id(),
                bss.createUser("").id());
        for (int size : new int[] {1, 2, 3, 6, 100}) {
            var walked = walk("/users?sort=" + sort + "&page[size]=" + size, "next");
            var places = walked.stream()
                    .map(id -> String.valueOf(created.indexOf(id)))
                    .toList();
            assertThat(String.join(" ", places)).as("pages of %d", size).isEqualTo(expected);
        }
        var last = bss.get("/users?sort=" + sort + "&page[size]=100");
        var end = bss.get("/users?sort=" + sort + "&page[size]=5");
        var backwards = new ArrayList<>(walk(bss.get(end.textAt("/links/next")).textAt("/links/prev"), "prev"));
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(ids(last).subList(0, 5));
    }

    @Test
    void namesSortByTheCodePointsOfTheirLowerCaseForm() {
        for (var name : new String[] {"ﬀ", "😀", "z", "É", "e", "Z", "_", "A", "~"}) {
            bss.createUser("\"name\":\"" + name + "\"");
        }
        assertThat(each(bss.get("/users?sort=name"), "/attributes/name"))
                .containsExactly("_", "A", "e", "z", "Z", "~", "É", "ﬀ", "😀");
    }

    @Test
    void updatedTimeSortsByTheLastChange() {
        var created = create(3);
        TestServer.shared()
                .execute(
                        "update roster_user set updated_time = updated_time + 5 where id = ?::uuid",
                        created.getFirst());
        assertThat(ids(bss.get("/users?sort=-updated_time")).getFirst()).isEqualTo(created.getFirst());
        assertThat(walk("/users?sort=updated_time&page[size]=1", "next"))
                .endsWith(created.getFirst())
                .hasSize(3);
    }

    @Test
    void linksKeepTheWholeQuery() {
        create(2);
        Response page = bss.get("/users?page[size]=1&sort=-created_time&filter[registration_state]=UNREGISTERED"
                + "&fields[User]=name&include=default_user_profile&page[total]=true");
        var next = bss.get(page.textAt("/links/next"));
        assertThat(next.at("/meta/page/total").asInt()).isEqualTo(2);
        assertThat(next.at("/included").size()).isEqualTo(1);
        assertThat(next.at("/data/0/attributes").toString()).isEqualTo("{\"name\":null}");
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
