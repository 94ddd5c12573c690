package tv.roster.platform.problems;

import java.util.Map;

/// An error object: what is wrong in this request, and where. `links` and `meta` are the members of the error
/// object.
public record Problem(
        ErrorCode code, String detail, Source source, Map<String, Object> meta, Map<String, String> links) {
    private static final int LONGEST_DETAIL = 1024;

    public Problem {
        detail = Shortened.cut(detail, LONGEST_DETAIL);
        meta = Map.copyOf(meta);
        links = Map.copyOf(links);
    }

    public Problem(ErrorCode code, String detail, Source source) {
        this(code, detail, source, Map.of(), Map.of());
    }

    public Problem(ErrorCode code, String detail) {
        this(code, detail, Source.NONE);
    }

    public Problem withMeta(String name, Object value) {
        return new Problem(code, detail, source, Map.of(name, value), links);
    }

    public Problem withType(String profileType) {
        return new Problem(code, detail, source, meta, Map.of("type", profileType));
    }

    /// The same at this place.
    public Problem at(Source place) {
        return new Problem(code, detail, place, meta, links);
    }

    /// The same with the blamed member replaced by its place in the door's input.
    public Problem in(Places places) {
        var place = source.in(places);
        return place.equals(source) ? this : new Problem(code, detail, place, meta, links);
    }
}
