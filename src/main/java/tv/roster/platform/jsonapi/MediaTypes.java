package tv.roster.platform.jsonapi;

import org.jspecify.annotations.Nullable;

/// The media types of JSON:API, and the profile of lists.
public final class MediaTypes {
    public static final String JSON_API = "application/vnd.api+json";
    public static final String CURSOR_PAGINATION = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/";

    /// Names the profile, as JSON:API 1.1 requires of a document that applies one.
    public static final String JSON_API_PAGES = JSON_API + "; profile=\"" + CURSOR_PAGINATION + "\"";

    private MediaTypes() {}

    /// The media type with an extension, a URI; null for none (JSON:API 1.1, "Extensions").
    public static String jsonApi(@Nullable String extension) {
        return extension == null ? JSON_API : JSON_API + "; ext=\"" + extension + "\"";
    }
}
