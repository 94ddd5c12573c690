package tv.roster.platform.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// One set of colours and sizes for all pages, which TV sets without variables show as well.
class StylesheetTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final ApiClient ANYBODY = new ApiClient(SERVER.url(), null);
    private static final Pattern DECLARATION = Pattern.compile("([{;}]\\s*)(--)?[a-z-]+: [^;{}]*var\\(--[^;{}]*;");
    private static final Pattern LINK = Pattern.compile("<link rel=\"stylesheet\" href=\"/?([^\"]*)\">");

    private static Response get(String path) {
        return ANYBODY.get(path);
    }

    private static String sheets(String page) {
        return LINK.matcher(page)
                .results()
                .map(link -> get("/" + link.group(1)).text())
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/guides", "/docs", "/errors", "/outbox", "/activate?token=unknown"})
    void everyPageTakesItsColoursFromTheSameVariables(String path) {
        var css = sheets(get(path).text());
        assertThat(css).contains("--accent: #0b5c63;", "--accent: #6fd0d6;");
        assertThat(found("(?<=var\\()--[a-z0-9-]+", css)).isNotEmpty().isSubsetOf(found("--[a-z0-9-]+(?=: )", css));
    }

    @Test
    void aBrowserThatKnowsNoVariablesStillShowsColours() {
        var css = get(Stylesheet.PAGES.path()).text();
        var known = DECLARATION.matcher(css).replaceAll("$1");
        assertThat(known)
                .doesNotContain("var(")
                .containsPattern("\\.card \\{[^}]*background: #fff;")
                .containsPattern("button, \\.button \\{[^}]*background: #0b5c63;[^}]*color: #fff;");
    }

    @Test
    void itIsKeptForeverUnderAnAddressOfItsContent() {
        for (var sheet : new Stylesheet[] {Stylesheet.BASE, Stylesheet.PAGES}) {
            var served = get(sheet.path());
            assertThat(served.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(served.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
            assertThat(sheet.path()).matches("/pages/[a-z]+-[0-9a-f]{8}\\.css");
        }
    }
}
