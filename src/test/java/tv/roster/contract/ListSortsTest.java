package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
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

/// Section 4, "Lists": sorts.
class ListSortsTest {
    private final ApiClient bss = TestServer.shared().newTenant();

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
                bss.createUser("'name':'bea'").id(),
                bss.createUser("'external_id':'b','registration_information':" + "{'registration_state':'REGISTERED'}")
                        .id(),
                bss.createUser("'name':'ärla','contact_details':{'email':'ab@example.com'}")
                        .id(),
                bss.createUser("'name':'BEA','external_id':'a','contact_details':"
                                + "{'email':'c@example.com'},'registration_information':"
                                + "{'registration_state':'REGISTERED'}")
                        .id(),
                bss.createUser("'name':'Anna','external_id':'B','contact_details':" + "{'email':'B@example.com'}")
                        .id(),
                bss.createUser("").id());
        for (int size : new int[] {1, 2, 3, 6, 100}) {
            var walked = Expect.walk(bss, "/users?sort=" + sort + "&page[size]=" + size, "next");
            var places = walked.stream()
                    .map(id -> String.valueOf(created.indexOf(id)))
                    .toList();
            assertThat(String.join(" ", places)).as("pages of %d", size).isEqualTo(expected);
        }
        var last = bss.get("/users?sort=" + sort + "&page[size]=100");
        var end = bss.get("/users?sort=" + sort + "&page[size]=5");
        var backwards = new ArrayList<>(
                Expect.walk(bss, bss.get(end.textAt("/links/next")).textAt("/links/prev"), "prev"));
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(ids(last).subList(0, 5));
    }

    @Test
    void namesSortByTheCodePointsOfTheirLowerCaseForm() {
        for (var name : new String[] {"ﬀ", "😀", "z", "É", "e", "Z", "_", "A", "~"}) {
            bss.createUser("'name':'" + name + "'");
        }
        assertThat(each(bss.get("/users?sort=name"), "/attributes/name"))
                .containsExactly("_", "A", "e", "z", "Z", "~", "É", "ﬀ", "😀");
    }

    @Test
    void updatedTimeSortsByTheLastChange() {
        var created = Expect.create(bss, 3);
        TestServer.shared()
                .execute(
                        "update roster_user set updated_time = updated_time + 5 where id = ?::uuid",
                        created.getFirst());
        assertThat(ids(bss.get("/users?sort=-updated_time")).getFirst()).isEqualTo(created.getFirst());
        assertThat(Expect.walk(bss, "/users?sort=updated_time&page[size]=1", "next"))
                .endsWith(created.getFirst())
                .hasSize(3);
    }
}
