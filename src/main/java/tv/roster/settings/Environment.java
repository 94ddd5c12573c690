package tv.roster.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import tv.roster.values.text.Suggestion;

/// Reads settings and collects everything that is wrong with them, to report all faults at once.
final class Environment {
    private static final List<String> KNOWN = Stream.concat(
                    Stream.of(Setting.values()).map(Setting::variable), Setting.READ_BY_OTHERS.stream())
            .toList();

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = new HashMap<>(variables);
        this.variables.entrySet().removeIf(variable -> ServiceVariables.has(variable.getKey(), variable.getValue()));
        refuseUnknown();
    }

    /// The parsed setting; after recording a fault, its default. A rule rejects a value with an
    /// `IllegalArgumentException`, whose message follows the name of the variable and does not contain secrets.
    <T> T read(Setting setting, Function<String, T> rule) {
        return given(setting, rule).orElseGet(() -> rule.apply(setting.byDefault()));
    }

    /// The same for a setting without a default.
    <T> Optional<T> given(Setting setting, Function<String, T> rule) {
        String value = variables.getOrDefault(setting.variable(), "").strip();
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(rule.apply(value));
        } catch (IllegalArgumentException refused) {
            faults.add(setting.variable() + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    /// Records a fault if only one of two settings is set that must be set together.
    void refuseOneWithoutOther(Setting one, Setting other) {
        boolean first = isGiven(one);
        if (first != isGiven(other)) {
            faults.add((first ? one : other).variable() + ": must come with " + (first ? other : one).variable());
        }
    }

    private boolean isGiven(Setting setting) {
        return !variables.getOrDefault(setting.variable(), "").isBlank();
    }

    /// Records a fault if a setting is missing that another one requires.
    void demand(Setting setting, Setting because) {
        if (variables.getOrDefault(setting.variable(), "").isBlank()) {
            faults.add(setting.variable() + ": must be set, because " + because.variable() + " is");
        }
    }

    /// Reports the faults.
    ///
    /// @throws InvalidSettings if there are any
    void complain() {
        if (!faults.isEmpty()) {
            throw new InvalidSettings(faults);
        }
    }

    private void refuseUnknown() {
        for (String variable : new TreeSet<>(variables.keySet())) {
            if (variable.startsWith(Setting.PREFIX)
                    && Setting.named(variable).isEmpty()
                    && !Setting.READ_BY_OTHERS.contains(variable)) {
                String hint = Suggestion.closest(variable, KNOWN)
                        .map(known -> "; did you mean " + known + "?")
                        .orElse("; ./roster serve --help lists all");
                faults.add(variable + ": no such setting" + hint);
            }
        }
    }
}
