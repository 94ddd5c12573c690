package tv.roster.platform.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.text.PercentEncoding;

/// Routes by path segment; a literal wins over a variable. Built once, then only read.
final class RouteTree<C> {
    /// @param template the path with the names of its variables
    record Match<C>(String template, Map<String, Route<C>> methods, Map<String, String> variables) {}

    private static final class Node<C> {
        final Map<String, Node<C>> literals = new HashMap<>();
        final Map<String, Route<C>> methods = new HashMap<>();

        @Nullable
        Node<C> variable;

        String variableName = "";
        String template = "";
    }

    private final Node<C> root = new Node<>();
    private final String base;

    /// `base` begins the templates of all routes.
    RouteTree(String base) {
        this.base = base;
    }

    void add(Route<C> route) {
        var node = root;
        for (var segment : segments(route.path())) {
            if (segment.startsWith("{")) {
                if (node.variable == null) {
                    node.variable = new Node<>();
                }
                node.variableName = segment.substring(1, segment.length() - 1);
                node = node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment, key -> new Node<>());
            }
        }
        // Made once, since requests are counted by it.
        node.template = base + route.path();
        if (node.methods.put(route.method().name(), route) != null) {
            throw new IllegalStateException("Two routes for " + route.method() + " " + route.path());
        }
    }

    /// None for the base itself.
    private static String[] segments(String path) {
        return path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
    }

    /// The node at `path` from `start` on, or null. Segments are taken apart before they are decoded, so that an
    /// encoded slash stays inside its variable.
    @Nullable
    Match<C> find(String path, int start) {
        var node = root;
        Map<String, String> variables = Map.of();
        int from = start;
        while (from < path.length()) {
            int end = path.indexOf('/', from + 1);
            var segment = path.substring(from + 1, end < 0 ? path.length() : end);
            var next = node.literals.get(segment);
            if (next == null) {
                next = node.variable;
                var decoded = next == null ? null : PercentEncoding.decode(segment);
                if (next == null || decoded == null) {
                    return null;
                }
                if (decoded.isEmpty()) {
                    throw new Refusal(ErrorCode.NOT_FOUND, "The path has an empty " + node.variableName + ".");
                }
                variables = variables.isEmpty() ? new LinkedHashMap<>() : variables;
                variables.put(node.variableName, decoded);
            }
            node = next;
            from = end < 0 ? path.length() : end;
        }
        return node.methods.isEmpty() ? null : new Match<>(node.template, node.methods, variables);
    }
}
