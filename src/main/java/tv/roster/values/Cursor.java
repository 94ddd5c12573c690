package tv.roster.values;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A position in a sorted list: the sort key of a resource, null if it has none, and its id.
public record Cursor(@Nullable String key, UUID id) {
    /// The maximum number of resources on a page of a list.
    public static final int LARGEST_PAGE = 1000;
}
