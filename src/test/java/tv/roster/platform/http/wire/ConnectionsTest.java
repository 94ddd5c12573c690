package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// What a connection may carry: targets in every form, and many requests.
class ConnectionsTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String BASE = "/api/user/management/v4";
    private static final String JSON = "Content-Type: application/json\r\n";

    private final ApiClient bss = SERVER.newTenant();

    private static RawHttp connection() {
        return new RawHttp(URI.create(SERVER.url()).getPort());
    }

    static String request(ApiClient client, String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + client.key() + "\r\n"
                + headers + "\r\n";
    }

    private String request(String method, String target, String headers) {
        return request(bss, method, target, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/users, 200",
        "/users#fragment, 200",
        "/users?page[size]=1, 200",
        "/users?page%5Bsize%5D=1, 200",
        "/users?, 200",
        "/users?&, 200",
        "'', 404",
        "/, 404",
        "/users/, 404",
        "//users, 404",
        "/users//, 404",
        "/Users, 404",
        "/users;a=b, 404",
        "/users/../users, 404",
        "/x/../users, 404",
        "/users/%2E%2E/users, 404",
        "/users%2F, 404",
        "/users%00, 404",
        "/users/%, 404",
        "/users/%zz, 404",
        "/users/%ff, 404",
        "/users/\u00c3\u00a4, 404",
        "/users/by_external_id/\u00c3\u00a4, 404",
        "/users/by_external_id/%ED%A0%80, 404",
        "/users/by_external_id/%00, 404",
        "/users/by_external_id/a%2Fb, 404",
        "/users/by_external_id/%2E%2E, 404",
        "/users/by_external_id, 404",
        "/users?filter[name]=\u00c3\u00a4\u00c3\u00a4, 400",
        "/users?filter[name]=%zz, 400",
        "/users?filter[name]=%C3, 400",
        "/users?filter[name]=%00%00, 400",
        "/users?%00=a, 400",
        "/users?filter[name]=a%, 400",
        "/users?page[size]=1&page[size]=1, 400",
        "/users?=, 400",
        "/users?a, 400"
    })
    void everyTargetIsAnsweredFromOneConnectionThatGoesOn(String target, int status) {
        try (var connection = connection()) {
            for (int time = 0; time < 2; time++) {
                var answer = connection.send(request("GET", BASE + target, "")).read();
                assertThat(answer.status()).as(answer.text()).isEqualTo(status);
                assertThat(answer.header("X-Request-Id")).isNotBlank();
                if (status >= 400) {
                    ContractForm.checkError(answer);
                }
            }
        }
    }

    @Test
    void rawBytesInAPathMakeNoUser() {
        var document = ApiClient.user("{}");
        try (var connection = connection()) {
            var answer = connection
                    .send(request(
                                    "PUT",
                                    BASE + "/users/by_external_id/\u00c3\u00a4",
                                    JSON + "Content-Length: " + document.length() + "\r\n")
                            + document)
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("not_found");
        }
        assertThat(bss.get("/users").at("/data")).isEmpty();
    }

    @Test
    void aWholeAddressAsTargetCountsInPlaceOfTheHost() {
        try (var connection = connection()) {
            var answer = connection
                    .send(request("GET", "http://other.example:99" + BASE + "/users", ""))
                    .read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains(json("'self':'http://other.example:99" + BASE + "/users'"));
        }
    }

    @Test
    void optionsOfTheWholeServerCarryAllow() {
        try (var connection = connection()) {
            var answer = connection.send(request("OPTIONS", "*", "")).read();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).contains("GET", "PATCH", "OPTIONS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PROPFIND", "CONNECT", "BREW", "PUT", "patch", "M-SEARCH"})
    void otherMethodsAre405WithAllow(String method) {
        try (var connection = connection()) {
            var answer = connection.send(request(method, BASE + "/users", "")).read();
            assertThat(ContractForm.code(answer)).isEqualTo("method_not_allowed");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
        }
    }

    @Test
    void emptyAnswersHaveNoLength() {
        var id = bss.createUser("").id();
        try (var connection = connection()) {
            var options =
                    connection.send(request("OPTIONS", BASE + "/users", "")).read();
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.headers()).doesNotContainKeys("content-length", "content-type", "transfer-encoding");
            var unchanged = connection
                    .send(request("GET", BASE + "/users/" + id, "If-None-Match: " + etag(1) + "\r\n"))
                    .read();
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.headers()).doesNotContainKeys("content-length", "content-type");
            var deleted = connection
                    .send(request("DELETE", BASE + "/users/" + id, ""))
                    .read();
            assertThat(deleted.status()).isEqualTo(204);
            assertThat(deleted.headers()).doesNotContainKeys("content-length", "content-type");
        }
    }

    @Test
    void aConnectionGoesOnAfterAnswersThatTakeSeveralWrites() {
        try (var connection = connection()) {
            for (int round = 0; round < 3; round++) {
                assertThat(connection
                                .send(request("GET", "/openapi.yaml", ""))
                                .read()
                                .body())
                        .hasSizeGreaterThan(100_000);
                assertThat(connection
                                .send(request("GET", BASE + "/users", ""))
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInTheirOrder() {
        try (var connection = connection()) {
            var all = new StringBuilder();
            for (int at = 0; at < 50; at++) {
                all.append(request("GET", at % 2 == 0 ? "/nothing" : BASE + "/users", "X-Request-Id: r" + at + "\r\n"));
            }
            connection.send(all.toString());
            for (int at = 0; at < 50; at++) {
                var answer = connection.read();
                assertThat(answer.header("X-Request-Id")).isEqualTo("r" + at);
                assertThat(answer.status()).isEqualTo(at % 2 == 0 ? 404 : 200);
            }
        }
    }

    @Test
    void aConnectionGoesOnAfterRefusalsWhoseBodyNobodyRead() {
        var bodied = JSON + "Content-Length: 9\r\n";
        try (var connection = connection()) {
            assertThat(connection
                            .send(request("POST", "/nothing", bodied) + "GET / HTT")
                            .read()
                            .status())
                    .isEqualTo(404);
            assertThat(connection
                            .send(request("POST", BASE + "/users/x", bodied) + "GET / HTT")
                            .read()
                            .status())
                    .isEqualTo(405);
            assertThat(connection
                            .send(request("GET", BASE + "/users", bodied) + "GET / HTT")
                            .read()
                            .status())
                    .isEqualTo(200);
            assertThat(connection
                            .send(request("POST", BASE + "/users", bodied) + "malformed")
                            .read()
                            .status())
                    .isEqualTo(400);
            assertThat(connection
                            .send(request("GET", BASE + "/users", ""))
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aConnectionGoesOnAfterALargeBodyThatNobodyRead() {
        var large = "x".repeat(900_000);
        try (var connection = connection()) {
            for (int time = 0; time < 2; time++) {
                var answer = connection
                        .send(request("POST", "/nothing", JSON + "Content-Length: " + large.length() + "\r\n") + large)
                        .read();
                assertThat(answer.status()).isEqualTo(404);
            }
        }
    }

    @Test
    void chunkExtensionsAndTrailersAreReadAndForgotten() {
        var document = ApiClient.user("{}");
        try (var connection = connection()) {
            connection.send(request("POST", BASE + "/users", JSON + "Transfer-Encoding: chunked\r\n"));
            connection.send(Integer.toHexString(document.length()) + ";name=value\r\n" + document);
            assertThat(connection.send("\r\n0\r\nX-Trailer: a\r\n\r\n").read().status())
                    .isEqualTo(201);
            assertThat(connection
                            .send(request("GET", BASE + "/users", ""))
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void connectionCloseIsHonoured() {
        try (var connection = connection()) {
            var answer = connection
                    .send(request("GET", BASE + "/users", "Connection: close\r\n"))
                    .read();
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
