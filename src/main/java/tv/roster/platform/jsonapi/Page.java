package tv.roster.platform.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.Cursor;

/// The requested page of a list, according to JSON:API's cursor pagination profile.
///
/// @param size the maximum number of resources, from 1 to [#LARGEST]
/// @param seal returns the text of a cursor of this list
public record Page(
        int size, @Nullable Cursor after, @Nullable Cursor before, boolean withTotal, Function<Cursor, String> seal) {
    public static final int LARGEST = Cursor.LARGEST_PAGE;
    /// The size of a page for which no size was requested.
    public static final int USUAL = 100;

    /// Takes `page[size]`, `page[after]`, `page[before]` and `page[total]`; cursors are opened with `cursors`.
    public static Page of(Query query, Cursors cursors, String list) {
        var size = query.take("page[size]", Page::size);
        var after = query.take("page[after]");
        var before = query.take("page[before]");
        if (after != null && before != null) {
            throw new Refusal(new Problem(
                            ErrorCode.BAD_QUERY,
                            "Send page[after] or page[before], not both.",
                            Source.parameter("page[before]"))
                    .withType(MediaTypes.CURSOR_PAGINATION + "range-pagination-not-supported"));
        }
        var total = query.take("page[total]", Page::flag);
        return new Page(
                size == null ? USUAL : size,
                after == null ? null : cursors.open(after, list, "page[after]"),
                before == null ? null : cursors.open(before, list, "page[before]"),
                total != null && total,
                place -> cursors.seal(place, list));
    }

    /// Whether the page is read from its end to its start.
    public boolean backwards() {
        return before != null;
    }

    /// Where to begin reading, in the list's order or backwards; null for the start.
    public @Nullable Cursor from() {
        return backwards() ? before : after;
    }

    /// The resources on the page; `read` contains one more if the list continues.
    public <T> List<T> cut(List<T> read) {
        if (read.size() <= size) {
            return read;
        }
        return backwards() ? read.subList(1, read.size()) : read.subList(0, size);
    }

    /// Parses a page size.
    public static int size(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidValue("The page size is a whole number from 1 to " + LARGEST + ".");
        }
        int size = clamped(text);
        if (size > LARGEST) {
            var problem = new Problem(
                    ErrorCode.PAGE_SIZE_TOO_LARGE,
                    "A page has at most " + LARGEST + " resources.",
                    Source.parameter("page[size]"),
                    ErrorDocument.maxSize(LARGEST),
                    Map.of("type", MediaTypes.CURSOR_PAGINATION + "max-size-exceeded"));
            throw new Refusal(problem);
        }
        if (size == 0) {
            throw new InvalidValue("The page size is a whole number from 1 to " + LARGEST + ".");
        }
        return size;
    }

    /// The number; one above the limit if it is greater, however many digits it has.
    private static int clamped(String digits) {
        int size = 0;
        for (int at = 0; at < digits.length() && size <= LARGEST; at++) {
            size = 10 * size + digits.charAt(at) - '0';
        }
        return size;
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("This parameter is true or false.");
        };
    }
}
