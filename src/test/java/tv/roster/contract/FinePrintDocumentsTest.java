package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// Sections 2, 5 and 5a of the contract, as far as documents, pointers and bytes go.
class FinePrintDocumentsTest {
    private final ApiClient bss = TestServer.shared().newTenant("GOLD");

    private Response posted(byte[] body) {
        return ApiClient.send(HttpRequest.newBuilder(URI.create(bss.base() + "/users"))
                .header("Authorization", "Apikey " + bss.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void membersThatBeginWithAtAreIgnored() {
        var body = """
                {"@a":1,"jsonapi":{"version":"1.1","@a":1},"data":{"@a":1,"type":"User","@b":{},
                 "attributes":{"@a":1,"name":"Anna","contact_details":{"@a":1},"registration_information":{"@a":1}},
                 "relationships":{"@a":{}},"meta":{"@a":1,"security":{"@a":1}}},"meta":{"@a":1}}""";
        var created = bss.post("/users", body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.text()).doesNotContain("@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'data':{'type':'User','attributes':{'telphone':1}}} | /data/attributes/telphone",
                "{'data':{'type':'User','attributes':{'':1}}} | /data/attributes/",
                "{'data':{'type':'User','attributes':{'a/b~c':1}}} | /data/attributes/a~1b~0c",
                "{'data':{'type':'User','attributes':{'Name':'x'}}} | /data/attributes/Name",
                "{'data':{'type':'User','attributes':{'contact_details':{'mail':1}}}} | /data/attributes/contact_details/mail",
                "{'data':{'type':'User','attributes':{'registration_information':{'by':1}}}} | /data/attributes/registration_information/by",
                "{'data':{'type':'User','relationships':{'x':{'data':null}}}} | /data/relationships/x",
                "{'data':{'type':'User','meta':{'x':1}}} | /data/meta/x",
                "{'data':{'type':'User','meta':{'security':{'password':1}}}} | /data/meta/security/password",
                "{'data':{'type':'User'},'meta':{'x':1}} | /meta/x"
            })
    void unknownMembersAreToldWithTheirPointer(String body, String pointer) {
        var response = ContractForm.checkError(bss.post("/users", body));
        assertThat(response.status()).isEqualTo(422);
        assertThat(ErrorsTest.told(response)).isEqualTo(Map.of(pointer, "unknown_member"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'attributes':[] | /data/attributes",
                "'attributes':'x' | /data/attributes",
                "'attributes':null | /data/attributes",
                "'attributes':7 | /data/attributes",
                "'relationships':[] | /data/relationships",
                "'relationships':null | /data/relationships",
                "'relationships':{'default_user_profile':[]} | /data/relationships/default_user_profile",
                "'meta':[] | /data/meta",
                "'meta':null | /data/meta",
                "'meta':{'security':[]} | /data/meta/security",
                "'meta':{'security':'x'} | /data/meta/security",
                "'meta':{'security':{'user_password':12345678}} | /data/meta/security/user_password",
                "'attributes':{'name':1} | /data/attributes/name",
                "'attributes':{'name':true} | /data/attributes/name",
                "'attributes':{'name':['x']} | /data/attributes/name",
                "'attributes':{'name':{}} | /data/attributes/name",
                "'attributes':{'name':1e999999999} | /data/attributes/name",
                "'attributes':{'external_id':7} | /data/attributes/external_id",
                "'attributes':{'external_id':[]} | /data/attributes/external_id",
                "'attributes':{'user_flags':'GOLD'} | /data/attributes/user_flags",
                "'attributes':{'user_flags':{}} | /data/attributes/user_flags",
                "'attributes':{'user_flags':['GOLD',1]} | /data/attributes/user_flags/1",
                "'attributes':{'user_flags':[null]} | /data/attributes/user_flags/0",
                "'attributes':{'user_flags':[['GOLD']]} | /data/attributes/user_flags/0",
                "'attributes':{'contact_details':[]} | /data/attributes/contact_details",
                "'attributes':{'contact_details':'x'} | /data/attributes/contact_details",
                "'attributes':{'contact_details':{'email':1}} | /data/attributes/contact_details/email",
                "'attributes':{'contact_details':{'telephone_number_E123':358401234567}} | /data/attributes/contact_details/telephone_number_E123",
                "'attributes':{'registration_information':null} | /data/attributes/registration_information",
                "'attributes':{'registration_information':[]} | /data/attributes/registration_information",
                "'attributes':{'registration_information':{'registration_state':null}} | /data/attributes/registration_information/registration_state",
                "'attributes':{'registration_information':{'registration_state':true}} | /data/attributes/registration_information/registration_state"
            })
    void aValueOfTheWrongTypeIsToldWithItsPointer(String members, String pointer) {
        var body = "{'data':{'type':'User'," + members + "}}";
        var response = ContractForm.checkError(bss.post("/users", body));
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(ErrorsTest.told(response)).isEqualTo(Map.of(pointer, "wrong_type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation byte alone
                "c0af", // overlong
                "e080af",
                "f08080af",
                "c3", // cut short
                "e282",
                "eda080", // a surrogate
                "edbfbf",
                "f4908080", // beyond U+10FFFF
                "fe",
                "ff",
                "e4" // Latin-1
            })
    void invalidUtf8IsMalformedJson(String hex) {
        var start = json("{'data':{'type':'User','attributes':{'name':'a").getBytes(StandardCharsets.US_ASCII);
        var end = json("b'}}}").getBytes(StandardCharsets.US_ASCII);
        var middle = HexFormat.of().parseHex(hex);
        var body = ByteBuffer.allocate(start.length + middle.length + end.length)
                .put(start)
                .put(middle)
                .put(end)
                .array();
        assertThat(ContractForm.checkError(posted(body)).code()).isEqualTo("malformed_json");
    }

    @Test
    void stringsInSingleQuotesAreMalformedJson() {
        var body = "{'data':null}".getBytes(StandardCharsets.US_ASCII);
        assertThat(ContractForm.checkError(posted(body)).code()).isEqualTo("malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreMalformedJson(String charset) {
        var body = ApiClient.user("{'name':'Anna'}").getBytes(Charset.forName(charset));
        assertThat(ContractForm.checkError(posted(body)).code()).isEqualTo("malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "a\\udc00\\ud800b", "\\ud83d"})
    void nulAndLoneSurrogatesAreNoText(String text) {
        for (var member : new String[] {"name", "external_id"}) {
            var response =
                    ContractForm.checkError(bss.post("/users", ApiClient.user("{'" + member + "':'" + text + "'}")));
            assertThat(ErrorsTest.told(response)).isEqualTo(Map.of("/data/attributes/" + member, "invalid_value"));
        }
        var key = ContractForm.checkError(bss.post("/users", ApiClient.user("{'" + text + "':1}")));
        assertThat(key.code()).isEqualTo("unknown_member");
    }

    @Test
    void textOutsideTheBasicPlaneIsKept() {
        var created = bss.createUser("'name':'\\ud83d\\ude00 \uD83D\uDE00 Ä \u00C4'");
        assertThat(created.textAt("/data/attributes/name")).isEqualTo("\uD83D\uDE00 \uD83D\uDE00 Ä \u00C4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "1"      | 304
            W/"1"    | 304
            "x", "1" | 304
            *        | 304
            "2"      | 200
            "01"     | 200
            ""       | 200
            1        | 400
            "1       | 400
            w/"1"    | 400
            "1" "2"  | 400
            "1", *   | 400
            """)
    void ifNoneMatchIsAnswered(String header, int status) {
        var created = bss.createUser("");
        assertThat(created.etag()).isEqualTo(etag(1));
        var response = bss.get("/users/" + created.id(), "If-None-Match", header);
        assertThat(response.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(ContractForm.checkError(response).code()).isEqualTo("bad_header");
        } else {
            assertThat(response.etag()).isEqualTo(etag(1));
            assertThat(response.header("Vary")).isEqualTo("Accept");
            assertThat(response.text().isEmpty()).isEqualTo(status == 304);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "1"                    | 200
            "x", "1"               | 200
            *                      | 200
            W/"1"                  | 412
            "2"                    | 412
            "01"                   | 412
            "99999999999999999999" | 412
            1                      | 400
            "1                     | 400
            "1"x                   | 400
            """)
    void ifMatchIsHonoured(String header, int status) {
        var user = bss.createUser("'external_id':'7'");
        var response = bss.patchUser(user.id(), "", "If-Match", header);
        assertThat(response.status()).isEqualTo(status);
        var put = bss.put("/users/by_external_id/7", ApiClient.user("{}"), "If-Match", header);
        assertThat(put.status()).isEqualTo(status);
        var deleted = bss.delete("/users/" + user.id(), "If-Match", header);
        assertThat(deleted.status()).isEqualTo(status == 200 ? 204 : status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?include=default_user_profile", "?include=user_profiles", "?fields%5BUser%5D=name"})
    void theEtagStandsForTheUserAlone(String query) {
        var id = bss.createUser("").id();
        var response = bss.get("/users/" + id + query, "If-None-Match", etag(1));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.etag()).isNull();
        assertThat(bss.get("/users").etag()).isNull();
    }
}
