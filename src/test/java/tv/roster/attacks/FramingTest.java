package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// What a proxy before the server could understand otherwise than the server: where a request begins, where its
/// body ends, whom it is for. All of it is refused, and ends the connection.
class FramingTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String USERS = "/api/user/management/v4/users";
    private static final String DOCUMENT = ApiClient.user("{}");
    private static final String SIZE = Integer.toHexString(DOCUMENT.length());

    private final ApiClient bss = SERVER.newTenant();

    private static RawHttp connection() {
        return new RawHttp(URI.create(SERVER.url()).getPort());
    }

    private String head(String line, String headers) {
        return line.replace("USERS", USERS) + "\r\n" + headers + "Authorization: Apikey " + bss.key()
                + "\r\nContent-Type: application/json\r\n\r\n";
    }

    static Stream<Arguments> heads() {
        var line = "GET USERS HTTP/1.1";
        var host = "Host: a\r\n";
        return Stream.of(
                Arguments.of("the version in small letters", "GET USERS http/1.1", host),
                Arguments.of("the version in mixed letters", "GET USERS Http/1.1", host),
                Arguments.of("two spaces after the method", "GET  USERS HTTP/1.1", host),
                Arguments.of("two spaces before the version", "GET USERS  HTTP/1.1", host),
                Arguments.of("a tab after the method", "GET\tUSERS HTTP/1.1", host),
                Arguments.of("a vertical tab before the version", "GET USERS\u000bHTTP/1.1", host),
                Arguments.of("a form feed before the version", "GET USERS\fHTTP/1.1", host),
                Arguments.of("a carriage return as a space", "GET\rUSERS HTTP/1.1", host),
                Arguments.of("a space at the end of the line", "GET USERS HTTP/1.1 ", host),
                Arguments.of("a space at the start of the line", " GET USERS HTTP/1.1", host),
                Arguments.of("a NUL at the start of the line", "\0GET USERS HTTP/1.1", host),
                Arguments.of("a line feed alone before the line", "\nGET USERS HTTP/1.1", host),
                Arguments.of("a carriage return alone before the line", "\rGET USERS HTTP/1.1", host),
                Arguments.of("many empty lines before the line", "\r\n".repeat(5) + line, host),
                Arguments.of("a NUL in the target", "GET USERS\0 HTTP/1.1", host),
                Arguments.of("a control character in the target", "GET USERS?a=\u0001 HTTP/1.1", host),
                Arguments.of("DEL in the target", "GET USERS?a=\u007f HTTP/1.1", host),
                Arguments.of("four words", "GET USERS ? HTTP/1.1", host),
                Arguments.of("a target without a slash", "GET users HTTP/1.1", host),
                Arguments.of("a star with GET", "GET * HTTP/1.1", host),
                Arguments.of("a user in the target", "GET http://u@a/USERS HTTP/1.1", host),
                Arguments.of("no host in the target", "GET http:///USERS HTTP/1.1", host),
                Arguments.of("another scheme in the target", "GET ftp://a/USERS HTTP/1.1", host),
                Arguments.of("a whole address and no Host", "GET http://aUSERS HTTP/1.1", ""),
                Arguments.of("a user in Host", line, "Host: u@a\r\n"),
                Arguments.of("a path in Host", line, "Host: a/b\r\n"),
                Arguments.of("a space in Host", line, "Host: a b\r\n"),
                Arguments.of("two names in Host", line, "Host: a, b\r\n"),
                Arguments.of("a scheme in Host", line, "Host: http://a\r\n"),
                Arguments.of("a port that is none in Host", line, "Host: a:65536\r\n"),
                Arguments.of("a port without a number in Host", line, "Host: a:\r\n"),
                Arguments.of("letters outside of ASCII in Host", line, "Host: \u00e4\r\n"),
                Arguments.of("two Hosts alike", line, host + host),
                Arguments.of("a space before a colon", line, "Host : a\r\n"),
                Arguments.of("a tab before a colon", line, host + "Content-Length\t: 0\r\n"),
                Arguments.of("a header without a name", line, host + ": b\r\n"),
                Arguments.of("a line feed alone after a header", line, "Host: a\nX: b\r\n"),
                Arguments.of("a carriage return in a value", line, host + "X: b\rc\r\n"),
                Arguments.of("a NUL in a value", line, host + "X: b\0c\r\n"),
                Arguments.of("a NUL in a name", line, host + "X\0: b\r\n"),
                Arguments.of("a vertical tab before a value", line, host + "X:\u000bb\r\n"),
                Arguments.of("the first header folded", line, " Host: a\r\n"),
                Arguments.of("a header folded with a tab", line, host + "X: b\r\n\tc\r\n"),
                Arguments.of("a header folded into nothing", line, host + "X: b\r\n \r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void aHeadThatCanBeReadInTwoWaysIsRefused(String name, String line, String headers) {
        try (var connection = connection()) {
            var answer = connection.send(head(line, headers)).read();
            assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void moreThanAHundredHeadersAreRefusedWhateverTheirLength() {
        try (var connection = connection()) {
            connection.send(head("GET USERS HTTP/1.1", "Host: a\r\n" + "a:\r\n".repeat(97)));
            assertThat(connection.read().status()).isEqualTo(200);
            connection.send(head("GET USERS HTTP/1.1", "Host: a\r\n" + "a:\r\n".repeat(98)));
            var refused = connection.read();
            assertThat(ContractForm.code(refused)).isEqualTo("header_too_large");
            assertThat(refused.text()).contains("more than 100 headers");
        }
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of("a length as a list", "Content-Length: 2, 2\r\n"),
                Arguments.of("two lengths alike", "Content-Length: 2\r\nContent-Length: 2\r\n"),
                Arguments.of("a length with a plus", "Content-Length: +2\r\n"),
                Arguments.of("a length in hexadecimal", "Content-Length: 0x2\r\n"),
                Arguments.of("a length with a space in it", "Content-Length: 2 0\r\n"),
                Arguments.of("a length with a fraction", "Content-Length: 2.0\r\n"),
                Arguments.of("an empty length", "Content-Length:\r\n"),
                Arguments.of("digits of another script", "Content-Length: \u00b2\r\n"),
                Arguments.of("a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
                Arguments.of("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"),
                Arguments.of("chunked twice", "Transfer-Encoding: chunked, chunked\r\n"),
                Arguments.of("chunked on two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
                Arguments.of("something before chunked", "Transfer-Encoding: gzip, chunked\r\n"),
                Arguments.of("something after chunked", "Transfer-Encoding: chunked, identity\r\n"),
                Arguments.of("a second line after chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"),
                Arguments.of("chunked with a parameter", "Transfer-Encoding: chunked;q=1\r\n"),
                Arguments.of("chunked in quotes", "Transfer-Encoding: \"chunked\"\r\n"),
                Arguments.of("chunked with a comma", "Transfer-Encoding: chunked,\r\n"),
                Arguments.of("an empty encoding", "Transfer-Encoding:\r\n"),
                Arguments.of("a vertical tab before chunked", "Transfer-Encoding: \u000bchunked\r\n"),
                Arguments.of("nearly chunked", "Transfer-Encoding: xchunked\r\n"),
                Arguments.of("a space before the colon", "Transfer-Encoding : chunked\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void aBodyWhoseLengthCanBeReadInTwoWaysIsRefused(String name, String framing) {
        try (var connection = connection()) {
            connection.send(head("POST USERS HTTP/1.1", "Host: a\r\n" + framing) + "2\r\n{}\r\n0\r\n\r\n");
            var answer = connection.read();
            assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    static Stream<Arguments> chunks() {
        return Stream.of(
                Arguments.of("a space before a size", " SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a space after a size", "SIZE \r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a word after a size", "SIZE x\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("two sizes", "SIZE SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size with a plus", "+SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size with a minus", "-SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size with a prefix", "0xSIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size with an underscore", "0_SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("an empty size", "\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("an extension without a size", ";a=b\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size of many digits", "0".repeat(20) + "SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a size beyond 32 bits", "1000000SIZE\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a line feed alone after a size", "SIZE\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a carriage return alone after a size", "SIZE\rDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a line feed in an extension", "SIZE;a\nb\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a NUL in an extension", "SIZE;a\0\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("an endless extension", "SIZE;" + "a".repeat(20_000) + "\r\nDOCUMENT\r\n0\r\n\r\n"),
                Arguments.of("a chunk longer than its size", "SIZE\r\nDOCUMENT \r\n0\r\n\r\n"),
                Arguments.of("a line feed alone after a chunk", "SIZE\r\nDOCUMENT\n0\r\n\r\n"),
                Arguments.of("a folded trailer", "SIZE\r\nDOCUMENT\r\n0\r\n folded: a\r\n\r\n"),
                Arguments.of("a trailer without a colon", "SIZE\r\nDOCUMENT\r\n0\r\ntrailer\r\n\r\n"),
                Arguments.of("a space before a trailer's colon", "SIZE\r\nDOCUMENT\r\n0\r\na : b\r\n\r\n"),
                Arguments.of("a NUL in a trailer", "SIZE\r\nDOCUMENT\r\n0\r\na: \0\r\n\r\n"),
                Arguments.of("endless trailers", "SIZE\r\nDOCUMENT\r\n0\r\n" + "ab: cdef\r\n".repeat(3_000) + "\r\n"),
                Arguments.of("a line feed alone at the end", "SIZE\r\nDOCUMENT\r\n0\r\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunks")
    void chunksAreReadToTheLetter(String name, String body) {
        try (var connection = connection()) {
            var answer = connection
                    .send(head("POST USERS HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n")
                            + body.replace("SIZE", SIZE).replace("DOCUMENT", DOCUMENT))
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
            assertThat(answer.text()).contains("Transfer-Encoding");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(bss.get("/users").at("/data")).isEmpty();
    }

    @Test
    void whatTheLetterAllowsIsRead() {
        var allowed = Stream.of(
                "SIZE;a=b\r\nDOCUMENT\r\n0\r\n\r\n",
                "SIZE ;a = \"b;c\" ; d\r\nDOCUMENT\r\n0;e\r\n\r\n",
                "000SIZE\r\nDOCUMENT\r\n0000\r\nA: b\r\nC-d:\r\n\r\n");
        try (var connection = connection()) {
            allowed.forEach(body -> {
                var answer = connection
                        .send("\r\n\r\n"
                                + head("POST USERS HTTP/1.1", "Host: a\r\nTransfer-Encoding: Chunked\r\n")
                                + body.replace("SIZE", SIZE.toUpperCase(Locale.ROOT))
                                        .replace("DOCUMENT", DOCUMENT))
                        .read();
                assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            });
        }
    }

    @Test
    void bodiesAreReadHoweverTheyAreCutUp() {
        var request = head("POST USERS HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n") + SIZE + ";a=b\r\n"
                + DOCUMENT + "\r\n0\r\nA: b\r\n\r\n";
        try (var connection = connection()) {
            for (int at = 0; at < request.length(); at++) {
                connection.send(request.substring(at, at + 1));
            }
            assertThat(connection.read().status()).isEqualTo(201);
            for (int length = 2; length < 50; length += 7) {
                for (int at = 0; at < request.length(); at += length) {
                    connection.send(request.substring(at, Math.min(request.length(), at + length)));
                }
                assertThat(connection.read().status()).isEqualTo(201);
            }
        }
    }

    /// Netty once took such a request for the start of an old WebSocket, with a body of 8 bytes.
    @Test
    void aRequestWithoutALengthHasNoBody() {
        var webSocket = "Host: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n";
        try (var connection = connection()) {
            connection.send(
                    head("GET USERS HTTP/1.1", webSocket) + head("GET USERS?page[size]=1 HTTP/1.1", "Host: a\r\n"));
            assertThat(connection.read().text()).contains("/users\"");
            assertThat(connection.read().text()).contains("page%5Bsize%5D=1");
        }
    }

    @Test
    void whatIsSentAheadIsAnsweredInOrderAlsoAfterTheClientHasClosedItsDirection() {
        try (var connection = connection()) {
            var all = new StringBuilder();
            for (int at = 0; at < 200; at++) {
                all.append(head("GET USERS HTTP/1.1", "Host: a\r\nX-Request-Id: r" + at + "\r\n"));
            }
            connection.send(all.toString()).endOutput();
            for (int at = 0; at < 200; at++) {
                assertThat(connection.read().header("X-Request-Id")).isEqualTo("r" + at);
            }
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
