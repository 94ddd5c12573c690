package tv.roster.values;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in a sorted list: the sort key of a resource, null where it has none, and its id.
public record Cursor(@Nullable String key, UUID id) {
    /// The most resources that a page of a list may have.
    public static final int LARGEST_PAGE = 1000;
}
