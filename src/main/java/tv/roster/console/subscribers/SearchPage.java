package tv.roster.console.subscribers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.console.pages.Frame;

/// The model of the template `console/search`.
///
/// @param text    what was looked for
/// @param problem why nothing was looked for, or null
/// @param previous the link to the page before, or null; `next` likewise
public record SearchPage(
        Frame frame,
        String text,
        List<Subscriber> rows,
        @Nullable String problem,
        @Nullable String previous,
        @Nullable String next) {
    public SearchPage {
        rows = List.copyOf(rows);
    }

    @Override
    public String toString() {
        return "SearchPage[" + rows.size() + "]";
    }
}
