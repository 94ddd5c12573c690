package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// Bodies with more faults than anybody wants to read: the first 100 are reported, and an array that is too long is
/// one.
class ManyFaultsTest {
    private static final String FLAGS = "/data/attributes/user_flags";

    private final ApiClient bss = TestServer.shared().newTenant("GOLD");

    private static String array(int size, String element) {
        return IntStream.range(0, size)
                .mapToObj(at -> element.formatted(at))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Response postFlags(int size, String element) {
        return bss.post("/users", ApiClient.user("{'user_flags':" + array(size, element) + "}"));
    }

    private static void hasOneProblem(Response response, String code, String pointer) {
        ContractForm.checkError(response);
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(response.at("/errors")).hasSize(1);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.source()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'F%d'", "1", "null", "'GOLD'", "{}"})
    void anArrayOfTooManyFlagsIsOneProblemWhateverIsInIt(String element) {
        hasOneProblem(postFlags(203, element), "too_long", FLAGS);
        hasOneProblem(postFlags(100_000, element), "too_long", FLAGS);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"'F%d',unknown_flag", "1,wrong_type", "null,wrong_type", "'f%d',invalid_value"})
    void theFirst100ProblemsOfAnArrayAreReportedInItsOrder(String element, String code) {
        var response = postFlags(202, element);

        ContractForm.checkError(response);
        assertThat(response.at("/errors")).hasSize(100);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.textAt("/errors/0/source/pointer")).isEqualTo(FLAGS + "/0");
        assertThat(response.textAt("/errors/99/source/pointer")).isEqualTo(FLAGS + "/99");
    }

    @Test
    void theFirst100UnknownMembersAreReported() {
        var members = IntStream.range(0, 20_000).mapToObj(at -> "'m" + at + "':null");
        var response = bss.post("/users", ApiClient.user(members.collect(Collectors.joining(",", "{", "}"))));

        ContractForm.checkError(response);
        assertThat(response.at("/errors")).hasSize(100);
        assertThat(response.textAt("/errors/99/source/pointer")).isEqualTo("/data/attributes/m99");
    }

    @Test
    void longNamesAreCutWhereAProblemRepeatsThem() {
        var name = "😀".repeat(2_000);
        var members = IntStream.range(0, 100).mapToObj(at -> "\"" + at + name + "\":null");
        var response = bss.post("/users", ApiClient.user(members.collect(Collectors.joining(",", "{", "}"))));

        ContractForm.checkError(response);
        assertThat(response.code()).isEqualTo("unknown_member");
        assertThat(response.at("/errors")).hasSize(100);
        assertThat(response.textAt("/errors/99/source/pointer"))
                .startsWith("/data/attributes/99😀😀")
                .endsWith("😀…")
                .hasSizeBetween(200, 256);
        assertThat(response.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(150_000);
    }

    @ParameterizedTest
    @CsvSource({"'',", "fields[User]=,fields[User]", "'filter[x',"})
    void longNamesInQueriesAreCutToo(String start, String parameter) {
        var response = bss.get("/users?" + start.replace("[", "%5B").replace("]", "%5D") + "x".repeat(30_000));

        ContractForm.checkError(response);
        assertThat(response.code()).isEqualTo("bad_query");
        assertThat(response.source()).startsWith(parameter == null ? start + "xxx" : parameter);
        assertThat(response.text()).hasSizeLessThan(3_000);
    }

    @Test
    void aLinkageOfMoreProfilesThanAUserMayHaveIsOneProblem() {
        var user = bss.createUser("").id();
        var linkage = array(21, "{'type':'UserProfile','id':'%d'}");
        var body = "{'data':{'type':'User','id':'" + user + "','relationships':{'user_profiles':{'data':" + linkage
                + "}}}}";
        hasOneProblem(bss.patch("/users/" + user, body), "too_long", "/data/relationships/user_profiles/data");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "'ip_allow_list':,1001,ip_allow_list",
                "'user_flags':,201,user_flags",
                "'settings':{'languages':,51,settings/languages"
            })
    void arraysOfTenantsHaveTheirLimitsToo(String start, int size, String member) {
        var admin = TestServer.shared().admin();
        var attributes = start + array(size, "'%d'") + (start.contains("{") ? "}" : "");
        var body = "'name':'North','slug':'" + AdminClient.newSlug() + "'," + attributes;
        hasOneProblem(
                admin.post("/tenants", AdminClient.document("Tenant", body)), "too_long", "/data/attributes/" + member);
    }

    @Test
    void arraysOfKeysHaveTheirLimitsToo() {
        var body = "'name':'BSS','scopes':" + array(101, "'users:read'");
        hasOneProblem(
                TestServer.shared().admin().post("/api_keys", AdminClient.document("ApiKey", body)),
                "too_long",
                "/data/attributes/scopes");
    }
}
