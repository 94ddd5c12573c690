package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Response;

/// A browser that asks for a page that is not there gets a page; a program gets JSON.
class MissingPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_ADMIN_PORT", "0"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response open(String url, String path, String... headers) {
        return new ApiClient(url, null).get(path, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/errors/nothing", "/guides/nothing/at/all", "/pages/nothing.css"})
    void browserGetsAPageWithTitleLanguageAndTheWayBack(String path) {
        for (var url : new String[] {server.url(), server.adminUrl()}) {
            var answer = open(url, path, "Accept", BROWSER);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.text())
                    .contains("<html lang=\"en\">")
                    .contains("<title>Page not found")
                    .contains("To the start page");
        }
    }

    @ParameterizedTest
    @CsvSource({"de, Seite nicht gefunden", "fi-FI, Sivua ei löydy", "pt, Page not found"})
    void pageIsInTheLanguageOfTheBrowser(String language, String title) {
        var answer = open(server.url(), "/nothing", "Accept", BROWSER, "Accept-Language", language);
        assertThat(answer.text()).contains("<title>" + title);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/vnd.api+json"})
    void programGetsJson(String accept) {
        var answer = open(server.url(), "/nothing", "Accept", accept);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.api+json");
        assertThat(answer.code()).isEqualTo("not_found");
    }

    /// The way up from the page is as long as its path, but only so far.
    @ParameterizedTest
    @CsvSource({"/a/b/c, ../../", "/a/b/c/d/e/f/g/h/i, ../../../../../../../../", "/a/b/c/d/e/f/g/h/i/j, /"})
    void theWayBackLeadsToTheStartPage(String path, String root) {
        assertThat(open(server.url(), path, "Accept", BROWSER).text()).contains("href=\"" + root + "\"");
    }

    @Test
    void aPathOfSlashesDoesNotMakeAPageLarge() {
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            var answer = connection
                    .send("GET " + "/".repeat(50_000) + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().length).isBetween(1, 5_000);
        }
    }

    @Test
    void anotherMethodGetsAPageThatSaysWhatIsAllowed() {
        var answer = new ApiClient(server.url(), null).delete("/guides", "Accept", BROWSER);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void theApiAnswersBrowsersWithDocuments() {
        var answer = open(server.url(), "/api/user/management/v4/nothing", "Accept", BROWSER);
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.api+json");
    }
}
