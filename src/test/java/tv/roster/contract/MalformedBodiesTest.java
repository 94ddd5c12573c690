package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Sections 2 and 5 of the contract: bodies that are no JSON, or no document.
class MalformedBodiesTest {
    private final ApiClient bss = TestServer.shared().newTenant();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "nonsense",
                "{'data':}",
                "{'data':{'type':'User'}",
                "{'data':{'type':'User'}}}",
                "{'data':{'type':'User'}} {}",
                "{'data':{'type':'User',}}",
                "{'data':{'type':'User'}}//",
                "/**/{'data':{'type':'User'}}",
                "{'data':{'type':'User','attributes':{'name':NaN}}}",
                "{'data':{'type':'User','attributes':{'name':01}}}",
                "{'data':{'type':'User','attributes':{'name':+1}}}",
                "{'data':{'type':'User','attributes':{'name':'a\nb'}}}",
                "{'data':{'type':'User','attributes':{'name':'\\x'}}}",
                "{'data':{'type':'User','attributes':{'name':'\\u12'}}}",
                "{'data':{'type':'User','attributes':{name:'a'}}}",
                "\uFEFF\uFEFF{'data':{'type':'User'}}",
                "\uFEFF",
                " \uFEFF{'data':{'type':'User'}}"
            })
    void whatIsNoJsonIsMalformed(String body) {
        ErrorsTest.refused(bss.post("/users", body), 400, "malformed_json");
        var id = bss.createUser("").id();
        ErrorsTest.refused(bss.patch("/users/" + id, body), 400, "malformed_json");
        ErrorsTest.refused(bss.put("/users/by_external_id/x", body), 400, "malformed_json");
        ErrorsTest.refused(bss.post("/users/" + id + "/user_profiles", body), 400, "malformed_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "null | ~~",
                "true | ~~",
                "1 | ~~",
                "'text' | ~~",
                "[] | ~~",
                "[{'data':{'type':'User'}}] | ~~",
                "{} | ~~",
                "{'meta':{}} | ~~",
                "{'errors':[]} | ~~",
                "{'type':'User'} | ~~",
                "{'data':null} | /data",
                "{'data':[]} | /data",
                "{'data':[{'type':'User'}]} | /data",
                "{'data':'User'} | /data",
                "{'data':1} | /data",
                "{'data':true} | /data",
                "{'data':{}} | /data",
                "{'data':{'attributes':{}}} | /data"
            })
    void whatIsNoResourceIsAMalformedDocument(String body, String pointer) {
        var response = ErrorsTest.refused(bss.post("/users", body), 400, "malformed_document");
        assertThat(response.source()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':{'type':'User'},'data':{'type':'User'}}",
                "{'data':{'type':'User','type':'User'}}",
                "{'data':{'type':'User','attributes':{'name':'a','name':'a'}}}",
                "{'data':{'type':'User','attributes':{'name':'a','n\\u0061me':'b'}}}",
                "{'data':{'type':'User','attributes':{'contact_details':{'email':null,'email':null}}}}",
                "{'data':{'type':'User','meta':{'x':{'y':1,'y':1}}}}",
                "{'data':{'type':'User','attributes':{'user_flags':[{'a':1,'a':1}]}}}"
            })
    void aKeyThatComesTwiceIsRefused(String body) {
        ErrorsTest.refused(bss.post("/users", body), 400, "malformed_json");
        assertThat(bss.get("/users").at("/data")).isEmpty();
    }
}
