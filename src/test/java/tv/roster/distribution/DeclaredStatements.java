package tv.roster.distribution;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tv.roster.platform.sql.Sql;

/// The statements that the classes with SQL declare as constants, by class and field: all but those that are composed
/// for a call. What another constant is formatted from is no statement.
final class DeclaredStatements {
    /// What other statements are made of.
    private static final Set<String> PARTS = Set.of(
            "BulkUsersTable.LOGGED",
            "EventsTable.LIST",
            "ProfilesTable.SELECT",
            "BulkUsersTable.CHANGED",
            "UserChangesTable.UPDATED",
            "UserListTable.COUNT",
            "UserListTable.LIST");

    private DeclaredStatements() {}

    static Map<String, String> all() throws ReflectiveOperationException, IOException {
        var found = new TreeMap<String, String>();
        for (var type : tableClasses()) {
            for (var field : type.getDeclaredFields()) {
                var name = type.getSimpleName() + "." + field.getName();
                if (Modifier.isStatic(field.getModifiers()) && !PARTS.contains(name)) {
                    texts(name, field).forEach((key, text) -> {
                        if (text.matches("(?s)\\s*(select|insert|update|delete|with)\\s.*") && !text.contains("%")) {
                            found.put(key, text);
                        }
                    });
                }
            }
        }
        return found;
    }

    private static Map<String, String> texts(String name, Field field) throws ReflectiveOperationException {
        field.setAccessible(true);
        return switch (field.get(null)) {
            case String text -> Map.of(name, text);
            case Sql sql -> Map.of(name, sentText(sql));
            case Map<?, ?> variants -> {
                var texts = new TreeMap<String, String>();
                variants.forEach((variant, text) -> texts.put(name + "." + variant, String.valueOf(text)));
                yield texts;
            }
            case null, default -> Map.of();
        };
    }

    private static String sentText(Sql sql) throws ReflectiveOperationException {
        var text = Sql.class.getDeclaredField("text");
        text.setAccessible(true);
        return (String) text.get(sql);
    }

    private static Iterable<Class<?>> tableClasses() throws IOException, ReflectiveOperationException {
        var classes = new ArrayList<Class<?>>();
        try {
            var root = Path.of(Sql.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.walk(root.resolve("tv"))) {
                for (var file : files.filter(path -> path.toString().endsWith("Table.class"))
                        .toList()) {
                    var name = root.relativize(file).toString().replace('/', '.');
                    classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }
}
