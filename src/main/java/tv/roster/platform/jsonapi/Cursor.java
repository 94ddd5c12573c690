package tv.roster.platform.jsonapi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in a sorted list: the sort key of a resource, null where it has none, and its id.
public record Cursor(@Nullable String key, UUID id) {}
