package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.quoted;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// Requests that are wrong as HTTP, over raw sockets.
class BrokenRequestsTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String BASE = "/api/user/management/v4";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n";

    private final ApiClient bss = SERVER.newTenant();

    private RawHttp connection() {
        return new RawHttp(URI.create(SERVER.url()).getPort());
    }

    private String request(String line, String headers) {
        return line.replace(" /users", " " + BASE + "/users") + "\r\nHost: tv.example:81\r\nAuthorization: Apikey "
                + bss.key() + "\r\n" + headers + "\r\n";
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("no request line at all", "hello\r\n\r\n", 400),
                Arguments.of("nothing but a method", "GET\r\n\r\n", 400),
                Arguments.of("no version", "GET /users\r\n\r\n", 400),
                Arguments.of("HTTP/1.0", "GET /users HTTP/1.0\r\n\r\n", 400),
                Arguments.of("HTTP/2.0", "GET /users HTTP/2.0\r\nHost: a\r\n\r\n", 400),
                Arguments.of("HTTP/9", "GET /users HTTP/9\r\nHost: a\r\n\r\n", 400),
                Arguments.of("a TLS greeting", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", 400),
                Arguments.of("bare line feeds", "GET /users HTTP/1.1\nHost: a\n\n", 400),
                Arguments.of("a method that is no token", "G@T /users HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                Arguments.of("a method in UTF-8", "G\u00c3\u0084T /users HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                Arguments.of("no Host", "GET /users HTTP/1.1\r\n\r\n", 400),
                Arguments.of("two Hosts", "GET /users HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                Arguments.of("an empty Host", "GET /users HTTP/1.1\r\nHost: \r\n\r\n", 400),
                Arguments.of("a Host that is none", "GET /users HTTP/1.1\r\nHost: a<b>\r\n\r\n", 400),
                Arguments.of("a Host with a bad port", "GET /users HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
                Arguments.of("a header without a colon", "GET /users HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
                Arguments.of("a header name with a space", "GET /users HTTP/1.1\r\nHost: a\r\nb c: d\r\n\r\n", 400),
                Arguments.of("NUL in a header", "GET /users HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n", 400),
                Arguments.of("a folded header", "GET /users HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400),
                Arguments.of(
                        "headers over 16 KiB",
                        "GET /users HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                        431),
                Arguments.of(
                        "a header name over 16 KiB",
                        "GET /users HTTP/1.1\r\nHost: a\r\n" + "y".repeat(20_000) + ": x\r\n\r\n",
                        431),
                Arguments.of(
                        "thousands of headers",
                        "GET /users HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(5_000) + "\r\n",
                        431),
                Arguments.of("a request line over 64 KiB", "GET /" + "y".repeat(70_000) + " HTTP/1.1\r\n\r\n", 414),
                Arguments.of("chunks and a length", framed("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400),
                Arguments.of("another coding", framed("Transfer-Encoding: gzip, chunked\r\n"), 400),
                Arguments.of("no coding", framed("Transfer-Encoding: identity\r\n"), 400),
                Arguments.of("a length below zero", framed("Content-Length: -5\r\n"), 400),
                Arguments.of("a length that is no number", framed("Content-Length: five\r\n"), 400),
                Arguments.of("a length with a sign", framed("Content-Length: +5\r\n"), 400),
                Arguments.of("a length beyond all", framed("Content-Length: 99999999999999999999\r\n"), 400),
                Arguments.of("two lengths", framed("Content-Length: 5\r\nContent-Length: 6\r\n"), 400));
    }

    private static String framed(String headers) {
        return "POST /users HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void whatIsNoRequestIsRefusedInTheContractsForm(String name, String bytes, int status) {
        try (var connection = connection()) {
            var answer = connection
                    .send(bytes.replace(" /users", " " + BASE + "/users"))
                    .endOutput()
                    .read();
            ContractForm.checkError(answer);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.statusLine()).doesNotEndWith(Integer.toString(status));
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aRefusalOfTheServerItselfRepeatsTheRequestIdAndLinksToTheHost() {
        try (var connection = connection()) {
            var answer = connection
                    .send(request("POST /users HTTP/1.1", "X-Request-Id: mine\r\nContent-Length: x\r\n"))
                    .read();
            ContractForm.checkError(answer);
            assertThat(answer.header("X-Request-Id")).isEqualTo("mine");
            assertThat(answer.text()).contains(quoted("http://tv.example:81/errors/bad_header"));
        }
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                Arguments.of("a chunk without a size", CHUNKED, "zz\r\n{}\r\n0\r\n\r\n", 400),
                Arguments.of("a chunk of a size below zero", CHUNKED, "-2\r\n{}\r\n0\r\n\r\n", 400),
                Arguments.of("a chunk of a size beyond all", CHUNKED, "ffffffffffffffff\r\n{}\r\n0\r\n\r\n", 400),
                Arguments.of("a chunk of two gigabytes", CHUNKED, "7fffffff\r\n" + filler(1048577), 413),
                Arguments.of("chunks that stop", CHUNKED, "2\r\n{}\r\n", 400),
                Arguments.of("a body that stops", JSON + "Content-Length: 20\r\n", "{}", 400),
                Arguments.of("a body of one byte too many", JSON + "Content-Length: 1048577\r\n", filler(1048577), 413),
                Arguments.of("a body of 10 MiB", JSON + "Content-Length: 10485760\r\n", filler(10485760), 413),
                Arguments.of("a chunk too many", CHUNKED, "100001\r\n" + filler(1048577) + "\r\n0\r\n\r\n", 413),
                Arguments.of("a compressed body", JSON + "Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}", 415));
    }

    private static String filler(int length) {
        return "a".repeat(length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void aBodyThatBreaksItsFrameIsRefusedInTheContractsForm(String name, String headers, String body, int status) {
        try (var connection = connection()) {
            var answer = connection
                    .send(request("POST /users HTTP/1.1", headers) + body)
                    .endOutput()
                    .read();
            ContractForm.checkError(answer);
            assertThat(answer.status()).isEqualTo(status);
        }
        assertThat(bss.get("/users?page[size]=1".replace("[", "%5B").replace("]", "%5D"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyOfOneMebibyteIsRead() {
        var document = ApiClient.user("{'name':'Anna'}");
        var padded = document + " ".repeat((1 << 20) - document.length());
        assertThat(bss.post("/users", padded).status()).isEqualTo(201);
        try (var connection = connection()) {
            connection.send(request("POST /users HTTP/1.1", CHUNKED));
            for (int at = 0; at < padded.length(); at += 1 << 16) {
                connection.send("10000\r\n" + padded.substring(at, at + (1 << 16)) + "\r\n");
            }
            assertThat(connection.send("0\r\n\r\n").read().status()).isEqualTo(201);
        }
    }

    @Test
    void aRequestTooLargeEndsItsConnectionAndNothingOfItIsTakenForARequest() {
        try (var connection = connection()) {
            var smuggled = request("GET /users HTTP/1.1", "");
            var answer = connection
                    .send(request("POST /users HTTP/1.1", JSON + "Content-Length: 1048578\r\n")
                            + filler(1048578)
                            + smuggled)
                    .read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
