package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// What the pages of the guides refer to is there, and is the server's own.
class GuideLinksTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*|)(#[^\"]*)?\"");
    private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\" alt=\"[^\"]+\"");
    private static final String URL = TestServer.shared().url();
    private static final ApiClient ANYBODY = new ApiClient(URL, null);

    static Stream<String> pages() {
        return Stream.concat(
                Arrays.stream(Guide.values()).filter(Guide::isThere).map(guide -> "/guides/" + guide.file()),
                Stream.of("/", "/guides", "/errors", "/guides/decisions/0035-retention-by-sweeping"));
    }

    private static String page(String path) {
        var response = ANYBODY.get(path, "Accept", "text/html");
        assertThat(response.status()).as(path).isEqualTo(200);
        return response.text();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPageAndAPlaceOnIt(String path) {
        var html = page(path);
        var dead = new ArrayList<String>();
        LINK.matcher(html).results().distinct().forEach(link -> {
            var target =
                    link.group(1).isEmpty() ? html : ANYBODY.get(link.group(1)).text();
            var response =
                    link.group(1).isEmpty() ? 200 : ANYBODY.get(link.group(1)).status();
            var place = link.group(2);
            // The outbox asks for its key, the console for an agent.
            boolean asks = link.group(1).equals("/outbox") || link.group(1).equals("/console");
            if ((response != 200 && !asks)
                    || (place != null && !target.contains("id=\"" + place.substring(1) + "\""))) {
                dead.add(link.group());
            }
        });
        assertThat(dead).isEmpty();
        assertThat(html).doesNotContain("href=\"../", "href=\"decisions/");
    }

    @Test
    void examplesNameTheAddressOfThisServer() {
        assertThat(page("/guides/use-cases"))
                .contains("export ROSTER_URL=" + URL)
                .doesNotContain("127.0.0.1:8080");
    }

    @Test
    void aSequenceDiagramIsAListOfItsSteps() {
        assertThat(page("/guides/activation"))
                .doesNotContain("sequenceDiagram", "participant")
                .contains("<li><b>BSS</b> → <b>Roster</b>: POST /users (with an e-mail address)</li>")
                .contains("<b>Roster</b> → <b>Mail server</b>: mail with the link");
    }

    @Test
    void aLongPageBeginsWithItsContents() {
        assertThat(page("/guides/use-cases"))
                .containsPattern("</h1>\\s*<nav class=\"contents\"")
                .contains("<a href=\"#leaving\">Leaving</a>");
    }

    @Test
    void thereIsAnIconWhereBrowsersLookForIt() {
        var icon = ANYBODY.get("/favicon.ico");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("Content-Type")).isEqualTo("image/vnd.microsoft.icon");
    }

    @Test
    void picturesAreServed() {
        var pictures = PICTURE.matcher(page("/guides/console")).results().toList();
        assertThat(pictures).isNotEmpty();
        for (var picture : pictures) {
            var served = ANYBODY.get("/guides/" + picture.group(1));
            assertThat(served.status()).as(picture.group()).isEqualTo(200);
            assertThat(served.header("Content-Type")).isEqualTo("image/png");
        }
        for (var name : new String[] {"nothing.png", "..%2Fconsole.md", "first-minute.svg"}) {
            assertThat(ANYBODY.get("/guides/pictures/" + name).status()).isEqualTo(404);
        }
    }

    @Test
    void noOtherFileIsADecision() {
        for (var name : new String[] {"0035", "..%2Fuse-cases", "0001-nothing"}) {
            assertThat(ANYBODY.get("/guides/decisions/" + name).status()).isEqualTo(404);
        }
    }
}
