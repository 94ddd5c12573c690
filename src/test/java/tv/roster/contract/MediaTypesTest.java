package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;

/// Section 2 of the contract, "Documents": what `Accept` and `Content-Type` may say.
class MediaTypesTest {
    private final ApiClient bss = TestServer.shared().newTenant();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/vnd.api+json",
                "APPLICATION/VND.API+JSON",
                "application/json",
                "application/json; charset=utf-8",
                "application/json, text/plain, */*",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
                "text/html, application/vnd.api+json",
                "application/vnd.api+json; profile=\"https://example.com/any\"",
                "application/vnd.api+json; profile=\"https://example.com/a https://example.com/b\"",
                "application/vnd.api+json;q=0.5",
                "application/vnd.api+json; ext=\"https://example.com/e\", application/vnd.api+json",
                "application/vnd.api+json; charset=utf-8, application/vnd.api+json",
                "application/vnd.api+json; charset=utf-8,application/vnd.api+json; profile=\"a,b;c\"",
                "text/html;q=0, application/vnd.api+json"
            })
    void acceptIsServed(String accept) {
        assertThat(bss.get("/users", "Accept", accept).status()).isEqualTo(200);
        assertThat(bss.post("/users", ApiClient.user("{}"), "Accept", accept).status())
                .isEqualTo(201);
    }

    @Test
    void noAcceptIsServed() {
        assertThat(bss.get("/users").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "text/*",
                "image/png, text/html;q=0.9",
                "application/vnd.api+json; charset=utf-8",
                "application/vnd.api+json; version=1",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; ext=\"https://example.com/e\"; profile=\"https://example.com/p\"",
                "application/vnd.api+json; charset=utf-8, application/vnd.api+json; ext=\"x\"",
                "application/vnd.api+json; charset=utf-8, */*",
                "application/vnd.api+json; charset=utf-8, application/json",
                "application/vnd.api+json;q=0",
                "*/*;q=0"
            })
    void acceptThatNothingOfOursMeetsIs406(String accept) {
        var id = bss.createUser("").id();
        var responses = List.of(
                bss.get("/users", "Accept", accept),
                bss.post("/users", ApiClient.user("{}"), "Accept", accept),
                bss.delete("/users/" + id, "Accept", accept));
        for (var response : responses) {
            assertThat(response.status()).isEqualTo(406);
            assertThat(ContractForm.checkError(response).code()).isEqualTo("not_acceptable");
            assertThat(response.textAt("/errors/0/source/header")).isEqualTo("Accept");
        }
        assertThat(bss.get("/users").at("/data")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "Application/Vnd.Api+Json",
                "application/vnd.api+json; profile=\"https://example.com/any\"",
                "application/vnd.api+json;profile=\"https://example.com/a https://example.com/b\"",
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\""
            })
    void contentTypeIsRead(String type) {
        assertThat(bss.post("/users", ApiClient.user("{}"), "Content-Type", type)
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/merge-patch+json",
                "application/vnd.api+xml",
                "application/*",
                "*/*",
                "json",
                "application/vnd.api+json; charset=utf-8",
                "application/vnd.api+json; version=1.1",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; ext=x; profile=y",
                "application/vnd.api+json, application/json",
                "application/json; charset=latin1",
                "application/json; charset=utf-16"
            })
    void otherContentTypesAre415(String type) {
        var id = bss.createUser("").id();
        var responses = List.of(
                bss.post("/users", ApiClient.user("{}"), "Content-Type", type),
                bss.patchUser(id, "", "Content-Type", type),
                bss.put("/users/by_external_id/x", ApiClient.user("{}"), "Content-Type", type));
        for (var response : responses) {
            assertThat(response.status()).isEqualTo(415);
            assertThat(ContractForm.checkError(response).code()).isEqualTo("unsupported_media_type");
            assertThat(response.textAt("/errors/0/source/header")).isEqualTo("Content-Type");
        }
    }

    @Test
    void aBodyWithoutContentTypeIs415() {
        var response = bss.post("/users", ApiClient.user("{}"), "Content-Type", null);
        assertThat(ContractForm.checkError(response).status()).isEqualTo(415);
    }
}
