package tv.roster.access.allowlist;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;

/// Parses one `Forwarded` line by the grammar of RFC 7239 section 4, and adds a hop for each of its elements. White
/// space around semicolons, which some proxies write, is accepted in addition.
final class ForwardedScanner {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String line;
    private final List<Hop> hops;
    private int at;

    ForwardedScanner(String line, List<Hop> hops) {
        this.line = line;
        this.hops = hops;
    }

    /// Throws [InvalidValue] at the first character that violates the grammar.
    void scan() {
        do {
            hops.add(element());
        } while (take(','));
    }

    private Hop element() {
        Set<String> names = new HashSet<>();
        String node = null;
        do {
            skipSpaces();
            if (at == line.length() || line.charAt(at) == ',' || line.charAt(at) == ';') {
                continue;
            }
            String name = token().toLowerCase(Locale.ROOT);
            if (!names.add(name) || !take('=')) {
                throw broken();
            }
            String value = value();
            node = name.equals("for") ? value : node;
            skipSpaces();
        } while (take(';'));
        if (at < line.length() && line.charAt(at) != ',') {
            throw broken();
        }
        if (names.isEmpty()) {
            throw new InvalidValue("its element " + position() + " is empty");
        }
        return hop(node);
    }

    /// An element without `for` hides the address in the same way as `unknown`.
    private Hop hop(@Nullable String node) {
        return node == null ? Hop.HIDDEN : Hop.parseForwarded(node, position());
    }

    private String value() {
        return at < line.length() && line.charAt(at) == '"' ? quoted() : token();
    }

    private String token() {
        int start = at;
        while (at < line.length() && isTokenCharacter(line.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw broken();
        }
        return line.substring(start, at);
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (!take('"')) {
            take('\\');
            if (at == line.length() || isControl(line.charAt(at))) {
                throw broken();
            }
            text.append(line.charAt(at++));
        }
        return text.toString();
    }

    private boolean take(char c) {
        boolean here = at < line.length() && line.charAt(at) == c;
        at += here ? 1 : 0;
        return here;
    }

    private void skipSpaces() {
        while (at < line.length() && ForwardedHeaders.isSpace(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }

    private int position() {
        return hops.size() + 1;
    }

    private InvalidValue broken() {
        return new InvalidValue("its element " + position() + " breaks the grammar of RFC 7239");
    }
}
