package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every error answer looks like, by sections 2 and 5 of the contract.
public final class ContractForm {
    /// The contract's table of codes.
    public static final Map<Integer, List<String>> CODES = Map.ofEntries(
            entry(
                    400,
                    List.of(
                            "malformed_json",
                            "malformed_document",
                            "bad_query",
                            "bad_cursor",
                            "page_size_too_large",
                            "bad_header")),
            entry(401, List.of("unauthorized")),
            entry(
                    403,
                    List.of(
                            "ip_not_allowed",
                            "insufficient_scope",
                            "client_id_not_allowed",
                            "operation_not_supported")),
            entry(404, List.of("not_found")),
            entry(405, List.of("method_not_allowed")),
            entry(406, List.of("not_acceptable")),
            entry(408, List.of("request_timeout")),
            entry(
                    409,
                    List.of(
                            "email_taken",
                            "external_id_taken",
                            "profile_name_taken",
                            "type_mismatch",
                            "id_mismatch",
                            "default_profile",
                            "idempotency_in_progress")),
            entry(410, List.of("cursor_expired")),
            entry(412, List.of("version_mismatch")),
            entry(413, List.of("body_too_large")),
            entry(414, List.of("uri_too_long")),
            entry(415, List.of("unsupported_media_type")),
            entry(
                    422,
                    List.of(
                            "invalid_value",
                            "unknown_member",
                            "unknown_flag",
                            "read_only",
                            "wrong_type",
                            "too_long",
                            "weak_password",
                            "profile_limit",
                            "too_expensive",
                            "idempotency_key_reused")),
            entry(429, List.of("rate_limited")),
            entry(431, List.of("header_too_large")),
            entry(500, List.of("internal")),
            entry(503, List.of("unavailable", "outcome_unknown")));

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern INNARDS = Pattern.compile(
            "(?i)<html|<!doctype|tv\\.roster|io\\.netty|java\\.|jackson|vertx|Exception|\\bat [a-z.]+\\(|\\bselect .* from\\b|postgres");

    private ContractForm() {}

    /// Checks an answer of 400 and above; `requestId` is its `X-Request-Id`.
    public static JsonNode checkError(int status, String contentType, String requestId, String text) {
        assertThat(contentType).as("Content-Type of %s", text).isEqualTo("application/vnd.api+json");
        assertThat(text).doesNotContainPattern(INNARDS);
        var document = JSON.readTree(text);
        assertThat(document.at("/jsonapi/version").asString()).isEqualTo("1.1");
        assertThat(document.propertyNames()).containsOnly("jsonapi", "errors");
        assertThat(document.get("errors")).isNotEmpty();
        for (var error : document.get("errors")) {
            checkError(status, requestId, error);
        }
        return document;
    }

    private static void checkError(int status, String requestId, JsonNode error) {
        assertThat(error.propertyNames())
                .contains("id", "links", "status", "code", "title", "detail")
                .isSubsetOf("id", "links", "status", "code", "title", "detail", "source", "meta");
        assertThat(error.get("id").asString()).isEqualTo(requestId);
        assertThat(error.get("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(CODES).containsKey(status);
        assertThat(CODES.get(status)).contains(error.get("code").asString());
        assertThat(error.get("title").asString()).isNotBlank();
        assertThat(error.get("detail").asString()).isNotBlank();
        assertThat(error.at("/links/about").asString())
                .endsWith("/errors/" + error.get("code").asString());
        if (error.has("source")) {
            assertThat(error.get("source")).hasSize(1);
            assertThat(error.get("source").propertyNames().iterator().next()).isIn("pointer", "parameter", "header");
        }
    }

    public static Response checkError(Response response) {
        checkError(
                response.status(), response.header("Content-Type"), response.header("X-Request-Id"), response.text());
        assertThat(response.header("Vary")).isEqualTo("Accept");
        return response;
    }

    public static RawHttp.RawAnswer checkError(RawHttp.RawAnswer answer) {
        checkError(answer.status(), answer.header("Content-Type"), answer.header("X-Request-Id"), answer.text());
        assertThat(answer.header("Vary")).isEqualTo("Accept");
        return answer;
    }

    /// The code of the first error of an answer that has the form.
    public static String code(RawHttp.RawAnswer answer) {
        checkError(answer);
        return JSON.readTree(answer.body()).at("/errors/0/code").asString();
    }
}
