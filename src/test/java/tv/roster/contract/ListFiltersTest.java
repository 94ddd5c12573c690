package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.refused;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

/// Section 4, "Lists": filters.
class ListFiltersTest {
    private final ApiClient bss = TestServer.shared().newTenant("GOLD", "SILVER");
    private List<String> users;

    @BeforeEach
    void createUsers() {
        users = List.of(
                bss.createUser("'name':'José Müller','external_id':'c,1','user_flags':['GOLD','SILVER']")
                        .id(),
                bss.createUser("'name':'Anna 100%','external_id':'c\\\\2','user_flags':['GOLD'],"
                                + "'contact_details':{'email':'Anna+tv@Example.com',"
                                + "'telephone_number_E123':'+358 40 123 4567'}")
                        .id(),
                bss.createUser("'name':'under_score','contact_details':{'email':'b@example.com'},"
                                + "'registration_information':{'registration_state':'REGISTERED'}")
                        .id(),
                bss.createUser("").id());
    }

    /// The places in [#users] of those that a query finds.
    private String found(String query) {
        return ids(bss.get("/users?" + query)).stream()
                .map(id -> String.valueOf(users.indexOf(id)))
                .collect(Collectors.joining(" "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "external_id|c\\,1|0",
                "external_id|c\\\\2|1",
                "external_id|c\\2|1",
                "external_id|c\\,1,c\\\\2,none|0 1",
                "external_id|C\\\\2|~~",
                "external_id|c,1|~~",
                "external_id|~~|~~",
                "email|ANNA+TV@example.COM|1",
                "email|anna+tv@example.com,B@EXAMPLE.COM|1 2",
                "email|nobody|~~",
                "telephone_number|358401234567|1",
                "telephone_number|+358 40 123 4567|1",
                "telephone_number|1,358401234567|1",
                "telephone_number|0401234567|~~",
                "registration_state|REGISTERED|2",
                "registration_state|UNREGISTERED|0 1 3",
                "registration_state|UNREGISTERED,REGISTERED|0 1 2 3",
                "user_flags|GOLD|0 1",
                "user_flags|SILVER|0",
                "user_flags|SILVER,GOLD|0 1",
                "user_flags|LOGIN_RESTRICTED|~~",
                "name|jose|0",
                "name|MULLER|0",
                "name|é m|0",
                "name|nna|1",
                "name|0%|1",
                "name|100|1",
                "name|r_s|2",
                "name|__|~~",
                "name|nn,üller|0 1",
                "name|muller,xyzxyz|0",
                "created_since|0|0 1 2 3",
                "created_since|253402300799|~~",
                "updated_since|0|0 1 2 3",
                "updated_since|253402300799|~~",
                "updated_since|253402300799,0|0 1 2 3",
            })
    void eachFilterFindsWhatItSays(String filter, String value, String expected) {
        assertThat(found("filter[" + filter + "]=" + encoded(value))).isEqualTo(expected);
        var total = bss.get("/users?page[total]=true&filter[" + filter + "]=" + encoded(value));
        assertThat(total.at("/meta/page/total").asInt()).isEqualTo(ids(total).size());
    }

    @Test
    void idsAreOrEd() {
        assertThat(found("filter[id]=" + users.get(2) + "," + users.get(0))).isEqualTo("0 2");
        assertThat(found("filter[id]=" + NOBODY + ",x," + users.get(1).toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo("1");
        assertThat(found("filter[id]=x")).isEmpty();
    }

    @Test
    void filtersAreAndEd() {
        assertThat(found("filter[user_flags]=GOLD&filter[name]=anna")).isEqualTo("1");
        assertThat(found("filter[user_flags]=GOLD&filter[name]=score")).isEmpty();
        assertThat(found("filter[registration_state]=UNREGISTERED&filter[user_flags]=GOLD&filter[created_since]=1"
                        + "&filter[updated_since]=1&filter[email]=anna%2Btv@example.com&filter[external_id]="
                        + encoded("c\\\\2") + "&filter[telephone_number]=358401234567&filter[id]=" + users.get(1)
                        + "&filter[name]=an&sort=-name"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registration_state=registered",
                "registration_state=",
                "registration_state=REGISTERED,X",
                "user_flags=NONE",
                "user_flags=gold",
                "user_flags=",
                "name=",
                "name=a",
                "name=%20a%20",
                "name=anna,b",
                "name=%CC%81%CC%81",
                "created_since=",
                "created_since=yesterday",
                "created_since=1.5",
                "created_since=-1",
                "created_since=99999999999999999999",
                "updated_since=2026-01-01",
                "updated_since=%D9%A1",
                "colour=red",
                "Name=anna",
                "email=a%00b",
                "name=%ff%fe"
            })
    void anUnknownFilterOrBadValueIsRefused(String filter) {
        var name = filter.substring(0, filter.indexOf('='));
        var response = bss.get("/users?filter[" + name + "]=" + filter.substring(name.length() + 1));
        refused(response, 400, "bad_query", "filter[" + name + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "external_id", "email", "telephone_number", "name"})
    void oneHundredValuesAreTheMost(String filter) {
        var hundred = IntStream.range(0, 100).mapToObj(number -> "xyz" + number).collect(Collectors.joining(","));
        assertThat(found("filter[" + filter + "]=" + hundred)).isEmpty();
        refused(bss.get("/users?filter[" + filter + "]=" + hundred + ",x"), 400, "bad_query", "filter[" + filter + "]");
    }

    @Test
    void sinceIsInclusiveByWholeSeconds() {
        var clock = new FixedClock(Instant.parse("2026-05-01T10:00:00.999Z"));
        try (var server = new TestServer(Map.of(), clock)) {
            var tenant = server.newTenant();
            var first = tenant.createUser("").id();
            clock.advance(Duration.ofMillis(1));
            var second = tenant.createUser("").id();
            long since = Instant.parse("2026-05-01T10:00:00Z").getEpochSecond();
            for (var member : new String[] {"created", "updated"}) {
                var filter = "/users?filter[" + member + "_since]=";
                assertThat(ids(tenant.get(filter + since))).containsExactly(first, second);
                assertThat(ids(tenant.get(filter + (since + 1)))).containsExactly(second);
                assertThat(ids(tenant.get(filter + (since + 2)))).isEmpty();
            }
            assertThat(tenant.get("/users/" + first)
                            .at("/data/meta/created_time")
                            .asLong())
                    .isEqualTo(since);
            tenant.patchUser(first, "'name':'A'");
            assertThat(ids(tenant.get("/users?filter[updated_since]=" + (since + 1))))
                    .containsExactly(first, second);
        }
    }

    @Test
    void aFilterHoldsOverAllPages() {
        for (int number = 0; number < 5; number++) {
            bss.createUser("'user_flags':['SILVER']");
            bss.createUser("");
        }
        var page = bss.get("/users?filter[user_flags]=SILVER&page[size]=2");
        int met = ids(page).size();
        while (!page.at("/links/next").isNull()) {
            page = bss.get(page.textAt("/links/next"));
            met += ids(page).size();
        }
        assertThat(met).isEqualTo(6);
    }
}
