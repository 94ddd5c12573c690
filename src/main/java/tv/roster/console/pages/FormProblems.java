package tv.roster.console.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.console.calls.Answer;
import tv.roster.platform.problems.Problem;

/// What is wrong with a form: beside its fields, or above all of them.
///
/// @param byField the details, by the names of the fields
/// @param others  what belongs to no field
public record FormProblems(Map<String, List<String>> byField, List<String> others) {
    public static final FormProblems NONE = new FormProblems(Map.of(), List.of());

    public FormProblems {
        byField = Map.copyOf(byField);
        others = List.copyOf(others);
    }

    /// The problems of a call that was refused. Throws the refusal if the server is to blame.
    ///
    /// @param fields the names of the fields, by the beginnings of the JSON pointers that they are sent at
    public static FormProblems of(Answer answer, Map<String, String> fields) {
        return of(answer, fields, Map.of());
    }

    /// The same for a form with fields that have an entry on each line: the problem of an entry names its line.
    ///
    /// @param lines what was sent of such fields, by their names
    public static FormProblems of(Answer answer, Map<String, String> fields, Map<String, List<String>> lines) {
        var byField = new HashMap<String, List<String>>();
        var others = new ArrayList<String>();
        for (var problem : answer.problems()) {
            var field = field(problem, fields);
            var list = field == null ? others : byField.computeIfAbsent(field, key -> new ArrayList<>());
            list.add(line(problem, lines.getOrDefault(field == null ? "" : field, List.of())) + problem.detail());
        }
        return new FormProblems(byField, others);
    }

    /// The line that a problem blames by the index in its pointer, before its detail; empty for none.
    private static String line(Problem problem, List<String> lines) {
        var place = problem.source().place();
        var index = place.substring(place.lastIndexOf('/') + 1);
        int line = index.matches("[0-9]{1,6}") ? Integer.parseInt(index) : lines.size();
        return line < lines.size() ? "Line " + (line + 1) + ", “" + lines.get(line) + "”: " : "";
    }

    /// One problem of one field.
    public static FormProblems of(String field, String detail) {
        return new FormProblems(Map.of(field, List.of(detail)), List.of());
    }

    private static @Nullable String field(Problem problem, Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(entry -> problem.source().place().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    public List<String> at(String field) {
        return byField.getOrDefault(field, List.of());
    }

    public boolean isEmpty() {
        return byField.isEmpty() && others.isEmpty();
    }
}
