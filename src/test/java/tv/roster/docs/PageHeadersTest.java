package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.templates.Stylesheet;
import tv.roster.testing.RawHttp;

/// What keeps pages from being framed, sniffed or told of elsewhere comes with every page and file, and once.
class PageHeadersTest {
    private final TestServer server = TestServer.shared();

    @Test
    void theStylesheetsHaveThemToo() {
        everyPageHasThemOnce(Stylesheet.BASE.path());
        everyPageHasThemOnce(Stylesheet.PAGES.path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/guides",
                "/errors",
                "/errors/not_found",
                "/openapi.yaml",
                "/pages/icon.svg",
                "/activate?token=a",
                "/forgot/nobody",
                "/outbox",
                "/nothing"
            })
    void everyPageHasThemOnce(String path) {
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            var answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                    .read();
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.header("Cache-Control")).isNotEmpty();
        }
    }
}
