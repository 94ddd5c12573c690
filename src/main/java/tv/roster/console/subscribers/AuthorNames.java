package tv.roster.console.subscribers;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.console.pages.Visit;

/// The names of keys and agents on one page, each looked up once.
final class AuthorNames implements Timeline.Names {
    private final Visit visit;
    private final Map<String, String> known = new HashMap<>();

    AuthorNames(Visit visit) {
        this.visit = visit;
    }

    @Override
    public @Nullable String of(String actorKind, String id) {
        return known.computeIfAbsent(id, unknown -> visit.tools().nameOf(actorKind, id));
    }
}
