package tv.roster.attacks;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Bodies as editors and scripts of Windows write them.
class ByteOrderMarksTest {
    private static final String USER = json("{'data':{'type':'User','attributes':{'name':'Ännä'}}}");

    private final ApiClient bss = TestServer.shared().newTenant();

    private Response post(byte[] body) {
        return ApiClient.send(HttpRequest.newBuilder(URI.create(bss.base() + "/users"))
                .header("Authorization", "Apikey " + bss.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void aByteOrderMarkBeforeUtf8IsSkipped() {
        var made = post(("\uFEFF" + USER).getBytes(UTF_8));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.textAt("/data/attributes/name")).isEqualTo("Ännä");
    }

    static Stream<Arguments> otherEncodings() {
        return Stream.of(
                Arguments.of("\uFEFF" + USER, UTF_16LE),
                Arguments.of("\uFEFF" + USER, UTF_16BE),
                Arguments.of(USER, UTF_16LE),
                Arguments.of(USER, UTF_16BE),
                Arguments.of("\uFEFF" + USER, Charset.forName("UTF-32LE")),
                Arguments.of("\uFEFF" + USER, Charset.forName("UTF-32BE")));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void anotherEncodingIsNamed(String text, Charset charset) {
        var refused = post(text.getBytes(charset));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("malformed_json");
        assertThat(refused.textAt("/errors/0/detail")).contains("UTF-16", "send it in UTF-8");
    }
}
