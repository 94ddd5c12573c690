package tv.roster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;

/// The `ext` parameter of the media types (JSON:API 1.1, "Extensions").
class OperationsMediaTypesTest {
    private static final String ADD = "{'atomic:operations':[{'op':'add','data':{'type':'User'}}]}";

    private final ApiClient bss = TestServer.shared().newTenant();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"",
                "Application/Vnd.Api+Json;ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; profile=\"https://example.com/p\"; ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json, application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"",
                "text/html, */*;q=0.1"
            })
    void acceptIsServed(String accept) {
        var response = Atomic.document(bss, ADD, "Accept", accept);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo(Atomic.TYPE);
    }

    @Test
    void noAcceptIsServed() {
        assertThat(Atomic.document(bss, ADD).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "application/vnd.api+json; ext=\"\"",
                "application/vnd.api+json; profile=\"https://example.com/p\"",
                "application/vnd.api+json, */*",
                "application/vnd.api+json; ext=\"https://example.com/other\"",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic https://example.com/other\"",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"; charset=utf-8",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\";q=0",
                "text/html"
            })
    void acceptWithoutTheExtensionIs406(String accept) {
        var response = Atomic.document(bss, ADD, "Accept", accept);
        assertThat(ContractForm.checkError(response).code()).isEqualTo("not_acceptable");
        assertThat(response.source()).isEqualTo("Accept");
        assertThat(response.textAt("/errors/0/detail")).contains("ext=\"https://jsonapi.org/ext/atomic\"");
        assertThat(bss.allUserIds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json;ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; EXT=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; ext=\" https://jsonapi.org/ext/atomic \"",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"; profile=\"https://example.com/p\""
            })
    void contentTypeIsRead(String type) {
        var response = bss.post("/operations", ADD, "Content-Type", type);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "application/json",
                "application/json; ext=\"https://jsonapi.org/ext/atomic\"",
                "application/vnd.api+json; ext=\"\"",
                "application/vnd.api+json; ext=\"https://example.com/other\"",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic https://example.com/other\"",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"; charset=utf-8",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\";q=1",
                "text/plain"
            })
    void contentTypeWithoutTheExtensionIs415(String type) {
        var response = bss.post("/operations", ADD, "Content-Type", type);
        assertThat(ContractForm.checkError(response).code()).isEqualTo("unsupported_media_type");
        assertThat(response.source()).isEqualTo("Content-Type");
        assertThat(response.textAt("/errors/0/detail")).contains("ext=\"https://jsonapi.org/ext/atomic\"");
        assertThat(bss.allUserIds()).isEmpty();
    }

    @Test
    void aBodyWithoutContentTypeIs415() {
        assertThat(bss.post("/operations", ADD, "Content-Type", null).status()).isEqualTo(415);
    }

    @Test
    void theExtensionOnOtherCallsIs415() {
        assertThat(bss.post("/users", ApiClient.user("{}"), "Content-Type", Atomic.TYPE)
                        .status())
                .isEqualTo(415);
        assertThat(bss.get("/users", "Accept", Atomic.TYPE).status()).isEqualTo(406);
    }

    @Test
    void otherMethodsAre405() {
        var response = bss.get("/operations");
        assertThat(ContractForm.checkError(response).code()).isEqualTo("method_not_allowed");
        assertThat(response.header("Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void aKeyWithoutTheScopeIs403() {
        var server = TestServer.shared();
        var reader = server.newKey(server.addTenant(), "users:read", "bulk");
        assertThat(Atomic.document(reader, ADD).code()).isEqualTo("insufficient_scope");
    }

    @Test
    void aQueryIs400() {
        var response = bss.post("/operations?include=user_profiles", ADD, "Content-Type", Atomic.TYPE);
        assertThat(ContractForm.checkError(response).code()).isEqualTo("bad_query");
        assertThat(response.source()).isEqualTo("include");
    }
}
