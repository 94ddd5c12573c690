package tv.roster.platform.problems;

/// What in the request is to blame, as JSON:API's error objects name it.
public record Source(Kind kind, String place) {
    public enum Kind {
        POINTER,
        PARAMETER,
        HEADER,
        NONE
    }

    public static final Source NONE = new Source(Kind.NONE, "");

    /// A place is named in the client's own words, which may be as long as a request.
    private static final int LONGEST = 256;

    public Source {
        place = Shortened.cut(place, LONGEST);
    }

    /// A JSON pointer (RFC 6901) into the body, such as `/data/attributes/name`.
    public static Source pointer(String pointer) {
        return new Source(Kind.POINTER, pointer);
    }

    /// A query parameter's name.
    public static Source parameter(String name) {
        return new Source(Kind.PARAMETER, name);
    }

    /// A request header's name.
    public static Source header(String name) {
        return new Source(Kind.HEADER, name);
    }
}
