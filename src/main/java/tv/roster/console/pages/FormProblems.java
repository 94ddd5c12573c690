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
        var byField = new HashMap<String, List<String>>();
        var others = new ArrayList<String>();
        for (var problem : answer.problems()) {
            var field = field(problem, fields);
            var list = field == null ? others : byField.computeIfAbsent(field, key -> new ArrayList<>());
            list.add(problem.detail());
        }
        return new FormProblems(byField, others);
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
