package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.ids;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 4: walking by `next` meets every lasting user exactly once, whatever is written meanwhile.
class ListWalkTest {
    private static final int LASTING = 60;
    private final ApiClient bss = TestServer.shared().newTenant("GOLD");
    private final Random random = new Random(7);

    /// Half of the users lack each member, so that a walk goes through both parts of its order.
    private String attributes(int number) {
        var members = new ArrayList<String>();
        if (random.nextBoolean()) {
            members.add("'name':'N" + random.nextInt(5) + "'");
        }
        if (random.nextBoolean()) {
            members.add("'external_id':'" + random.nextInt(1000) + "-" + number + "'");
        }
        if (random.nextBoolean()) {
            members.add("'contact_details':{'email':'" + random.nextInt(1000) + "." + number + "@example.com'}");
        }
        if (random.nextBoolean()) {
            members.add("'registration_information':{'registration_state':'REGISTERED'}");
        }
        return String.join(",", members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created_time",
                "-created_time",
                "name",
                "-name",
                "external_id",
                "-external_id",
                "email",
                "-email",
                "registration_time",
                "-registration_time",
                "updated_time",
                "-updated_time"
            })
    void everyLastingUserIsMetExactlyOnce(String sort) {
        var lasting = new ArrayList<String>();
        var passing = new ArrayList<String>();
        for (int number = 0; number < LASTING; number++) {
            lasting.add(bss.createUser(attributes(number)).id());
            passing.add(bss.createUser(attributes(1000 + number)).id());
        }
        boolean keyMayChange = !sort.endsWith("updated_time");
        var met = new ArrayList<String>();
        int round = 0;
        var page = bss.get("/users?page[size]=7&sort=" + sort);
        while (true) {
            met.addAll(ids(page));
            writeBetween(round++, page.at("/data").isEmpty() ? null : ids(page), lasting, passing, keyMayChange);
            if (page.at("/links/next").isNull()) {
                break;
            }
            page = answered(bss.get(page.textAt("/links/next")), 200);
        }
        assertThat(met).containsAll(lasting);
        assertThat(met.stream().filter(lasting::contains)).doesNotHaveDuplicates();
        // Passing users are never met twice either: their keys do not change.
        assertThat(met).doesNotHaveDuplicates();
    }

    /// Between two pages: the last of the page is deleted where it does not last, others come, and some change
    /// members that the sort does not look at.
    private void writeBetween(
            int round, List<String> page, List<String> lasting, List<String> passing, boolean mayChange) {
        if (round < 10) {
            bss.createUser(attributes(5000 + round));
            bss.createUser(attributes(6000 + round));
        }
        if (page != null && passing.contains(page.getLast())) {
            answered(bss.delete("/users/" + page.getLast()), 204);
        }
        if (mayChange) {
            answered(bss.patchUser(lasting.get(round % LASTING), "'user_flags':['GOLD']"), 200);
        }
    }
}
