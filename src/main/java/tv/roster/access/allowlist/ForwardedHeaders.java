package tv.roster.access.allowlist;

import java.util.ArrayList;
import java.util.List;
import tv.roster.platform.problems.InvalidValue;

/// The values of all `Forwarded` (RFC 7239) and `X-Forwarded-For` header lines of one request, in their order.
public record ForwardedHeaders(List<String> forwarded, List<String> xForwardedFor) {
    static final String FORWARDED = "Forwarded";
    static final String X_FORWARDED_FOR = "X-Forwarded-For";

    static final int MAX_CHARACTERS = 4096;
    static final int MAX_ELEMENTS = 64;

    public static final ForwardedHeaders NONE = new ForwardedHeaders(List.of(), List.of());

    public ForwardedHeaders {
        forwarded = List.copyOf(forwarded);
        xForwardedFor = List.copyOf(xForwardedFor);
    }

    /// Returns the addresses through which the request came according to `Forwarded`, nearest last. Throws
    /// [InvalidValue].
    List<Hop> forwardedHops() {
        requireShort(forwarded);
        List<Hop> hops = new ArrayList<>();
        for (String line : forwarded) {
            new ForwardedScanner(line, hops).scan();
            requireFew(hops);
        }
        return hops;
    }

    /// The same for `X-Forwarded-For`. An empty element must not be skipped: it is from a proxy that did not
    /// identify its client, and the caller may have forged everything to the left of it.
    List<Hop> xForwardedForHops() {
        requireShort(xForwardedFor);
        List<Hop> hops = new ArrayList<>();
        for (String line : xForwardedFor) {
            for (String element : line.split(",", -1)) {
                hops.add(Hop.parseXForwardedFor(trimSpaces(element), hops.size() + 1));
                requireFew(hops);
            }
        }
        return hops;
    }

    private static String trimSpaces(String element) {
        int from = 0;
        int to = element.length();
        while (from < to && isSpace(element.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(element.charAt(to - 1))) {
            to--;
        }
        return element.substring(from, to);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static void requireShort(List<String> lines) {
        if (lines.stream().mapToInt(String::length).sum() > MAX_CHARACTERS) {
            throw new InvalidValue("it has more than " + MAX_CHARACTERS + " characters");
        }
    }

    private static void requireFew(List<Hop> hops) {
        if (hops.size() > MAX_ELEMENTS) {
            throw new InvalidValue("it has more than " + MAX_ELEMENTS + " elements");
        }
    }
}
