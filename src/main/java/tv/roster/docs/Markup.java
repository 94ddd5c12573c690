package tv.roster.docs;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
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

    private Markup() {}

    static String html(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(served(link.getDestination()));
                visitChildren(link);
            }
        });
        // A wide block scrolls separately, also by keyboard.
        return RENDERER.render(document)
                .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>")
                .replace("<pre>", "<pre tabindex=\"0\">");
    }

    /// The server's address of what a link in a guide refers to.
    private static String served(String link) {
        if (link.startsWith("errors.md#")) {
            return "/errors/" + link.substring(link.indexOf('#') + 1);
        }
        if (link.equals("errors.md")) {
            return "/errors";
        }
        if (link.equals("../api/openapi.yaml")) {
            return "/openapi.yaml";
        }
        return link.matches("[a-z-]+\\.md(#.*)?") ? "/guides/" + link.replaceFirst("\\.md", "") : link;
    }

    /// Escapes the characters that are special in HTML.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
