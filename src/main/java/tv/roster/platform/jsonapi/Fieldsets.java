package tv.roster.platform.jsonapi;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;

/// The requested fields of each type (JSON:API 1.1, "Sparse Fieldsets"); all fields of types that are not in the
/// map.
public record Fieldsets(Map<String, Set<String>> asked) {
    public static final Fieldsets ALL = new Fieldsets(Map.of());

    public Fieldsets {
        asked = Map.copyOf(asked);
    }

    /// Takes `fields[TYPE]` for each type; `known` contains the names of each type's fields. An unknown name is a
    /// `400`.
    public static Fieldsets of(Query query, Map<String, Set<String>> known) {
        var asked = new HashMap<String, Set<String>>();
        known.forEach((type, names) -> {
            var fields = query.take("fields[" + type + "]", text -> names(text, names));
            if (fields != null) {
                asked.put(type, fields);
            }
        });
        return asked.isEmpty() ? ALL : new Fieldsets(asked);
    }

    private static Set<String> names(String text, Set<String> known) {
        var names = new LinkedHashSet<String>();
        if (text.isEmpty()) {
            return names;
        }
        for (var name : text.split(",", -1)) {
            if (!known.contains(name)) {
                throw new InvalidValue("There is no field " + name + " here.");
            }
            names.add(name);
        }
        return names;
    }

    /// The requested fields, or null for all.
    public @Nullable Set<String> of(String type) {
        return asked.get(type);
    }

    public boolean has(String type, String field) {
        var fields = asked.get(type);
        return fields == null || fields.contains(field);
    }
}
