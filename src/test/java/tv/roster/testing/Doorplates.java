package tv.roster.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the `package-info.java` of each room says of the rooms that it may use: the names in backticks after "May
/// use".
public final class Doorplates {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String ROOT = "tv.roster.";
    private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

    private final Map<String, Set<String>> allowed = new ConcurrentHashMap<>();

    private Doorplates() {}

    /// Reports each dependency on a room that the doorplate does not name.
    public static ArchCondition<JavaClass> areObeyed() {
        var doorplates = new Doorplates();
        return new ArchCondition<>("use only the rooms that package-info.java names") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !doorplates.allow(dependency))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
            }
        };
    }

    private boolean allow(Dependency dependency) {
        var own = dependency.getOriginClass().getPackageName();
        var used = dependency.getTargetClass().getPackageName();
        return own.equals(used)
                || !used.startsWith(ROOT)
                || allowed.computeIfAbsent(own, Doorplates::read).contains(used.substring(ROOT.length()));
    }

    private static Set<String> read(String room) {
        var file = SOURCES.resolve(room.replace('.', '/')).resolve("package-info.java");
        try {
            var text = Files.readString(file).replaceAll("\\R/// ?", " ");
            int start = text.indexOf("May use ");
            return start < 0
                    ? Set.of()
                    : NAME.matcher(text.substring(start))
                            .results()
                            .map(MatchResult::group)
                            .map(name -> name.substring(1, name.length() - 1))
                            .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
