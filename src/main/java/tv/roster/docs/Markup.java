package tv.roster.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Converts the Markdown of the guides into HTML. Only Roster's own files are converted, never text from clients.
final class Markup {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create()))
            .build();

    private static final Pattern CHAPTER = Pattern.compile("<h2 id=\"([^\"]+)\">(.*?)</h2>");
    private static final String TITLE_END = "</h1>";
    private static final int FEWEST_CHAPTERS = 4;

    private Markup() {}

    static String html(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                visitChildren(link);
                var served = served(link.getDestination());
                if (served.isEmpty()) {
                    unlink(link);
                } else {
                    link.setDestination(served);
                }
            }

            @Override
            public void visit(FencedCodeBlock block) {
                if (block.getInfo().equals("mermaid")) {
                    var steps = new HtmlBlock();
                    steps.setLiteral(SequenceDiagram.html(block.getLiteral()));
                    block.insertAfter(steps);
                    block.unlink();
                }
            }
        });
        // A wide block scrolls separately, also by keyboard.
        return withContents(RENDERER.render(document)
                .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>")
                .replace("<pre>", "<pre tabindex=\"0\">"));
    }

    private static void unlink(Link link) {
        for (var child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
            link.insertBefore(child);
        }
        link.unlink();
    }

    /// A list of the chapters behind the title of a long page.
    private static String withContents(String html) {
        var chapters = CHAPTER.matcher(html).results().toList();
        int title = html.indexOf(TITLE_END);
        if (chapters.size() < FEWEST_CHAPTERS || title < 0) {
            return html;
        }
        int place = title + TITLE_END.length();
        return html.substring(0, place)
                + chapters.stream()
                        .map(Markup::entry)
                        .collect(Collectors.joining(
                                "\n", "\n<nav class=\"contents\" aria-label=\"On this page\"><ul>\n", "\n</ul></nav>"))
                + html.substring(place);
    }

    private static String entry(MatchResult chapter) {
        return "<li><a href=\"#" + chapter.group(1) + "\">" + chapter.group(2) + "</a></li>";
    }

    /// The server's address of what a link in a guide refers to; empty if it refers to a file that is not served.
    private static String served(String link) {
        if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
            return link;
        }
        if (link.startsWith("errors.md#")) {
            return "/errors/" + link.substring(link.indexOf('#') + 1);
        }
        var path = link.startsWith("../") ? link.substring("../".length()) : link;
        return switch (path) {
            case "errors.md" -> "/errors";
            case "api/openapi.yaml" -> "/openapi.yaml";
            default ->
                path.matches("(decisions/)?[0-9]{4}-[a-z0-9-]+\\.md(#.*)?")
                        ? "/guides/decisions/" + path.replace("decisions/", "").replaceFirst("\\.md", "")
                        : path.matches("[a-z-]+\\.md(#.*)?")
                                        && Guide.named(path.replaceFirst("\\.md.*", ""))
                                                .isPresent()
                                ? "/guides/" + path.replaceFirst("\\.md", "")
                                : "";
        };
    }

    /// Escapes the characters that are special in HTML.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
