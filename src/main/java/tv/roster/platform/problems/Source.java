package tv.roster.platform.problems;

import org.jspecify.annotations.Nullable;

/// What a problem blames. Doors name places in their input; rules name a member of the resource or the expected
/// version, which the door replaces by the place.
///
/// @param member the member; null except for [Kind#MEMBER]
public record Source(Kind kind, String place, @Nullable Member member) {
    public enum Kind {
        POINTER,
        PARAMETER,
        HEADER,
        MEMBER,
        EXPECTED_VERSION,
        NONE
    }

    public static final Source NONE = new Source(Kind.NONE, "", null);

    /// The version that the caller expects the resource to have.
    public static final Source EXPECTED_VERSION = new Source(Kind.EXPECTED_VERSION, "", null);

    /// A member of the resource, for rules.
    public static Source member(Member member) {
        return new Source(Kind.MEMBER, "", member);
    }

    /// Places contain names from the request, which can be as long as the request.
    private static final int LONGEST = 256;

    public Source {
        place = Shortened.cut(place, LONGEST);
    }

    /// A JSON pointer (RFC 6901) into the body, such as `/data/attributes/name`.
    public static Source pointer(String pointer) {
        return new Source(Kind.POINTER, pointer, null);
    }

    /// A query parameter's name.
    public static Source parameter(String name) {
        return new Source(Kind.PARAMETER, name, null);
    }

    /// A request header's name.
    public static Source header(String name) {
        return new Source(Kind.HEADER, name, null);
    }

    /// The same as a place in the door's input.
    Source in(Places places) {
        return member == null ? this : places.of(member);
    }
}
