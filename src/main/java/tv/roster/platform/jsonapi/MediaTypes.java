package tv.roster.platform.jsonapi;

/// The media types of JSON:API, and the profile of lists.
public final class MediaTypes {
    public static final String JSON_API = "application/vnd.api+json";
    public static final String CURSOR_PAGINATION = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/";

    /// Names the profile, as JSON:API 1.1 requires of a document that applies one.
    public static final String JSON_API_PAGES = JSON_API + "; profile=\"" + CURSOR_PAGINATION + "\"";

    private MediaTypes() {}
}
