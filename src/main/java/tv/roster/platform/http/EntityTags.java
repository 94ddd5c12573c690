package tv.roster.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ExpectedVersion;

/// The entity tags of an `If-Match` or `If-None-Match` header (RFC 9110, section 13.1): none sent, any, or some.
public record EntityTags(boolean present, boolean any, List<Tag> tags) {
    private static final EntityTags ABSENT = new EntityTags(false, false, List.of());

    /// Possessive throughout: where it gave white space back to try again, a header of 15 kB held a loop for 2 s.
    private static final Pattern LIST =
            Pattern.compile("\\G[ \\t]*+(?:(W/)?+\"([\\x21\\x23-\\x7E\\x80-\\xFF]*+)\")?+[ \\t]*+(,|$)");

    private static final int MOST_DIGITS = 9;

    /// An opaque tag, and whether it is weak.
    public record Tag(String opaque, boolean weak) {}

    public EntityTags {
        tags = List.copyOf(tags);
    }

    /// Reads a header of the request; what is no list of entity tags is `400` `bad_header`.
    public static EntityTags of(Request request, String name) {
        var header = request.header(name);
        if (header == null) {
            return ABSENT;
        }
        if (header.strip().equals("*")) {
            return new EntityTags(true, true, List.of());
        }
        var tags = parse(header);
        if (tags == null || tags.isEmpty()) {
            throw Request.badHeader(name, "This header takes entity tags in quotation marks, or *.");
        }
        return new EntityTags(true, false, tags);
    }

    private static @Nullable List<Tag> parse(String header) {
        var tags = new ArrayList<Tag>();
        Matcher matcher = LIST.matcher(header);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                tags.add(new Tag(matcher.group(2), matcher.group(1) != null));
            }
            if (matcher.group(3).isEmpty()) {
                return tags;
            }
        }
        return null;
    }

    /// The versions that a strong tag stands for, for a statement to compare; null where every version will do.
    public Integer @Nullable [] versions() {
        if (!present || any) {
            return null;
        }
        return tags.stream()
                .filter(tag -> !tag.weak()
                        && !tag.opaque().isEmpty()
                        && tag.opaque().length() <= MOST_DIGITS
                        && tag.opaque().chars().allMatch(character -> character >= '0' && character <= '9')
                        && (tag.opaque().charAt(0) != '0'))
                .map(tag -> Integer.valueOf(tag.opaque()))
                .toArray(Integer[]::new);
    }

    /// What the header expects of the version of a resource.
    public ExpectedVersion expected() {
        return present ? new ExpectedVersion(true, versions()) : ExpectedVersion.NONE;
    }

    /// Weak comparison, as `If-None-Match` has it: true if a tag stands for this version, or any will do.
    public boolean holdWeakly(int version) {
        return any || tags.stream().anyMatch(tag -> tag.opaque().equals(Integer.toString(version)));
    }
}
