package tv.roster.platform.templates;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.brands.BrandColor;

/// The stylesheet that paints a page in an operator's colour, after that of all pages. The policy of the pages allows
/// no styles in them, so each colour has an address.
public final class BrandStylesheet {
    private static final String FOLDER = "/pages/colors/";
    private static final String ENDING = ".css";

    /// Plain values, since old TV browsers know no custom properties. The border keeps a button visible whose colour
    /// is that of the ground.
    private static final String CSS = """
            .sign, button, .button { background: %1$s; color: %2$s; }
            button:hover, .button:hover { background: %1$s; box-shadow: inset 0 0 0 2px %2$s; }
            button, .button { border-color: %3$s; }
            a { color: %3$s; }
            .button { color: %2$s; }
            @media (prefers-color-scheme: dark) {
                button, .button { border-color: %4$s; }
                a { color: %4$s; }
                .button { color: %2$s; }
            }
            """;

    private BrandStylesheet() {}

    /// The absolute path of a colour's stylesheet.
    public static String path(BrandColor color) {
        return FOLDER + color.digits() + ENDING;
    }

    /// For a day only, since a later version may derive other colours.
    public static Route<Anybody> route() {
        return Route.get(
                FOLDER + "{color}",
                Demand.nothing(),
                (caller, request) -> new Response(
                        200,
                        Map.of("Content-Type", "text/css; charset=utf-8", "Cache-Control", "public, max-age=86400"),
                        css(color(request.variable("color"))).getBytes(StandardCharsets.UTF_8)));
    }

    private static BrandColor color(String file) {
        try {
            if (file.endsWith(ENDING)) {
                return BrandColor.parse("#" + file.substring(0, file.length() - ENDING.length()));
            }
        } catch (InvalidValue notAColor) {
            // As for every other address at which there is nothing.
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    private static String css(BrandColor color) {
        return CSS.formatted(color, color.ink(), color.onLight(), color.onDark());
    }
}
