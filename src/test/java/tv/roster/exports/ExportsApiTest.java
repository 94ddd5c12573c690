package tv.roster.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;

/// Section 9 of the contract, "Exports".
class ExportsApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEADER =
            "id,external_id,name,email,telephone_number_E123,user_flags,registration_state\r\n";

    /// Names that a reader of CSV could take for something else.
    private static final List<String> NAMES = List.of(
            "\\N",
            "Virtanen, Anna",
            "Virtanen; Anna",
            "Anna \"Annie\" Virtanen",
            "\"",
            " Anna",
            "Anna ",
            "Анна 😀",
            "=1+1",
            "#Anna",
            "'Anna'");

    private final UUID tenant = TestServer.shared().addTenant("GOLD", "SILVER");
    private final ApiClient bss = TestServer.shared().newKey(tenant, "users:read", "users:write", "bulk");

    private Response export(String query, String... headers) {
        var response = bss.get("/exports/users" + query, headers);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return response;
    }

    private Response csv(String query) {
        return export(query, "Accept", "text/csv");
    }

    private static List<JsonNode> resources(Response export) {
        return export.text().lines().map(JSON::readTree).toList();
    }

    private static List<String> ids(Response export) {
        return resources(export).stream().map(user -> user.get("id").asString()).toList();
    }

    private static List<NamedCsvRecord> rows(Response export) {
        return CsvReader.builder().ofNamedCsvRecord(export.text()).stream().toList();
    }

    @Test
    void eachLineIsTheResourceAsItIsByItself() {
        var anna = bss.createUser("'name':'Anna','user_flags':['GOLD'],'external_id':'c1',"
                + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358 40 123 4567'}");
        var empty = bss.createUser("");

        var export = export("");
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(export.header("Content-Disposition"))
                .matches("attachment; filename=\"users-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z\\.ndjson\"");
        assertThat(export.header("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(export.header("Cache-Control")).isEqualTo("no-store");
        assertThat(export.text()).endsWith("\n");
        assertThat(resources(export))
                .containsExactly(
                        bss.get("/users/" + anna.id()).at("/data"),
                        bss.get("/users/" + empty.id()).at("/data"));
    }

    @Test
    void csvHasTheColumnsOfAnImportWithoutPasswords() {
        var anna = bss.createUser("'name':'Anna','user_flags':['GOLD','SILVER'],'external_id':'c1',"
                + "'registration_information':{'registration_state':'REGISTERED'},"
                + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358 40 123 4567'}");
        var empty = bss.createUser("");

        var export = csv("");
        assertThat(export.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(export.header("Content-Disposition")).endsWith("Z.csv\"");
        assertThat(export.text())
                .isEqualTo(HEADER
                        + anna.id() + ",c1,Anna,anna@example.com,+358 40 123 4567,GOLD SILVER,REGISTERED\r\n"
                        + empty.id() + ",,,,,,UNREGISTERED\r\n");
    }

    @Test
    void anotherReaderOfCsvReadsEveryNameAsItWas() {
        NAMES.forEach(name -> bss.createUser(json("'name':") + JSON.writeValueAsString(name)));
        assertThat(rows(csv(""))).extracting(row -> row.getField("name")).isEqualTo(NAMES);
    }

    @Test
    void exportOfNobodyIsEmptyButForTheHeader() {
        assertThat(export("").text()).isEmpty();
        assertThat(csv("").text()).isEqualTo(HEADER);
    }

    @Test
    void usersOfOtherTenantsAreNotInIt() {
        var own = bss.createUser("").id();
        TestServer.shared().newTenant().createUser("");
        assertThat(ids(export(""))).containsExactly(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter[name]=anna | Anna",
                "filter[external_id]=c2 | Bertil",
                "filter[email]=anna@example.com,bertil@example.com | Anna,Bertil",
                "filter[registration_state]=REGISTERED | Cecilia",
                "filter[user_flags]=GOLD | Anna",
                "filter[user_flags]=GOLD&filter[name]=bertil | ",
                "filter[telephone_number]=358401234567 | Bertil",
                "filter[created_since]=0 | Anna,Bertil,Cecilia",
                "filter[updated_since]=253402300799 | "
            })
    void filtersOfTheListApply(String filter, String names) {
        bss.createUser("'name':'Anna','user_flags':['GOLD'],'contact_details':{'email':'anna@example.com'}");
        bss.createUser("'name':'Bertil','external_id':'c2','contact_details':"
                + "{'email':'bertil@example.com','telephone_number_E123':'+358 40 123 4567'}");
        bss.createUser("'name':'Cecilia','registration_information':{'registration_state':'REGISTERED'}");
        var expected = names == null ? List.of() : List.of(names.split(","));
        var query = "?" + filter.replace("[", "%5B").replace("]", "%5D");
        assertThat(rows(csv(query))).extracting(row -> row.getField("name")).isEqualTo(expected);
        assertThat(resources(export(query)))
                .extracting(user -> user.at("/attributes/name").asString())
                .isEqualTo(expected);
    }

    @Test
    void fieldsLeaveOutMembersAndColumns() {
        var id = bss.createUser("'name':'Anna','contact_details':{'email':'anna@example.com'}")
                .id();
        assertThat(resources(export("?fields%5BUser%5D=name")).getFirst().get("attributes"))
                .isEqualTo(JSON.readTree(json("{'name':'Anna'}")));
        assertThat(csv("?fields%5BUser%5D=name").text()).isEqualTo("id,name\r\n" + id + ",Anna\r\n");
        assertThat(csv("?fields%5BUser%5D=contact_details,user_profiles").text())
                .isEqualTo("id,email,telephone_number_E123\r\n" + id + ",anna@example.com,\r\n");
        assertThat(csv("?fields%5BUser%5D=registration_information").text())
                .isEqualTo("id,registration_state\r\n" + id + ",UNREGISTERED\r\n");
        assertThat(csv("?fields%5BUser%5D=").text()).isEqualTo("id\r\n" + id + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page[size]",
                "page[after]",
                "page[total]",
                "sort",
                "include",
                "fields[UserProfile]",
                "filter[nothing]",
                "filter[registration_state]",
                "format"
            })
    void parametersOfOtherCallsAreRefused(String name) {
        var response = bss.get("/exports/users?" + name.replace("[", "%5B").replace("]", "%5D") + "=x");
        ContractForm.checkError(response);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.code()).isEqualTo("bad_query");
        assertThat(response.source()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/x-ndjson",
                "application/* | application/x-ndjson",
                "application/x-ndjson | application/x-ndjson",
                "text/* | text/csv; charset=utf-8",
                "TEXT/CSV | text/csv; charset=utf-8",
                "text/csv; charset=utf-8 | text/csv; charset=utf-8",
                "text/csv, */* | text/csv; charset=utf-8",
                "text/csv, application/x-ndjson | application/x-ndjson",
                "text/csv, application/x-ndjson;q=0.9 | text/csv; charset=utf-8",
                "text/csv;q=0.5, application/x-ndjson;q=0.9 | application/x-ndjson",
                "text/csv;q=0.5, */* | application/x-ndjson",
                "application/x-ndjson;q=0, */* | text/csv; charset=utf-8",
                "application/vnd.api+json, */*;q=0.1 | application/x-ndjson",
                "application/json, text/plain, */* | application/x-ndjson"
            })
    void acceptChoosesTheFormat(String accept, String type) {
        assertThat(export("", "Accept", accept).header("Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "application/json",
                "text/html",
                "text/csv;q=0",
                "*/*;q=0",
                "application/x-ndjson;q=0, text/csv;q=0, */*"
            })
    void otherFormatsAreNotAcceptable(String accept) {
        var response = bss.get("/exports/users", "Accept", accept);
        ContractForm.checkError(response);
        assertThat(response.status()).isEqualTo(406);
        assertThat(response.code()).isEqualTo("not_acceptable");
        assertThat(response.source()).isEqualTo("Accept");
    }

    @Test
    void otherScopesAreNotEnough() {
        var other = TestServer.shared().newKey(tenant, "users:read", "users:write", "events:read");
        assertThat(other.get("/exports/users").code()).isEqualTo("insufficient_scope");
        assertThat(new ApiClient(bss.base(), null).get("/exports/users").status())
                .isEqualTo(401);
    }

    @Test
    void headAndOptionsAreAsElsewhere() {
        bss.createUser("");
        // More often than exports may run: nothing runs for HEAD.
        for (int time = 0; time < 2 * ExportsApi.MOST_OF_TENANT; time++) {
            var head = bss.send("HEAD", "/exports/users", null, "Accept", "text/csv");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
            assertThat(head.text()).isEmpty();
        }
        assertThat(bss.send("HEAD", "/exports/users?sort=name", null).status()).isEqualTo(400);
        var options = bss.send("OPTIONS", "/exports/users", null);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(bss.post("/exports/users", "{}").status()).isEqualTo(405);
    }

    @Test
    void idempotencyKeyHasNoEffect() {
        assertThat(export("", "Idempotency-Key", "one").text()).isEmpty();
        bss.createUser("");
        assertThat(ids(export("", "Idempotency-Key", "one"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"application/x-ndjson,gzip", "application/x-ndjson,identity", "text/csv,gzip", "text/csv,identity"})
    void whatAnExportWroteAnImportLeavesUnchanged(String type, String coding) {
        int number = 0;
        for (var name : NAMES) {
            bss.createUser(
                    json("'name':") + JSON.writeValueAsString(name) + json(",'external_id':'c;" + number++ + "'"));
        }
        bss.createUser("'external_id':'\\\\N','user_flags':['GOLD','SILVER','LOGIN_RESTRICTED'],"
                + "'contact_details':{'email':'jörg@exämple.com','telephone_number_E123':'+358 40 123 4567'},"
                + "'registration_information':{'registration_state':'REGISTERED'}");
        bss.createUser("'name':'Anna'");
        bss.createUser("");
        var exported = bytes(type, coding);

        var imports = new ImportClient(bss);
        var sent = imports.send("?mode=update", type, exported, "Content-Encoding", coding);
        assertThat(imports.counts(sent))
                .as(() -> imports.rejected(sent).toString())
                .isEqualTo(List.of(0, 0, NAMES.size() + 3, 0));
        assertThat(bytes(type, coding)).isEqualTo(exported);
    }

    private byte[] bytes(String type, String coding) {
        var request = HttpRequest.newBuilder(URI.create(bss.base() + "/exports/users"))
                .header("Authorization", "Apikey " + bss.key())
                .header("Accept", type)
                .header("Accept-Encoding", coding)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
