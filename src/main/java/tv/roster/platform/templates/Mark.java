package tv.roster.platform.templates;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;

/// Roster's mark, a list of people in which one is found.
public final class Mark {
    private static final String SHAPE = """
            <rect width="32" height="32" rx="8"/><path d="M8.5 9h.01M15 9h8.5M8.5 23h.01M15 23h5" opacity=".6"/>\
            <path d="M8.5 16h.01M15 16h8.5"/>""";

    /// The mark and the name, as HTML for an element with the class `wordmark`; `base.css` has their look.
    public static final String WITH_NAME =
            "<svg class=\"emblem\" viewBox=\"0 0 32 32\" aria-hidden=\"true\">" + SHAPE + "</svg>Roster";

    private static final String ICON = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="#0b5c63" stroke="#fff" stroke-width="4" \
            stroke-linecap="round"><g>%s</g></svg>""".formatted(SHAPE.replace("rx=\"8\"", "rx=\"8\" stroke=\"none\""));

    private Mark() {}

    /// The icon of pages.
    public static Route<Anybody> icon() {
        return Route.get(
                "/pages/icon.svg",
                Demand.nothing(),
                (caller, request) -> new Response(
                        200,
                        Map.of("Content-Type", "image/svg+xml", "Cache-Control", "max-age=3600"),
                        ICON.getBytes(StandardCharsets.UTF_8)));
    }
}
