package tv.roster.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a server runs.
///
/// @param classPath where Java finds its classes and its migrations
public record Build(String classPath) {
    /// Migrations of versions to come, for tests: some that only add, and a contract step after them.
    private static final Path UPGRADES = Path.of("src", "test", "upgrades").toAbsolutePath();

    /// The classes of the tests.
    public static Build current() {
        return new Build(JavaProcess.classPath());
    }

    /// The current build with the migrations of a version to come, which add to the schema.
    public static Build next() {
        return current().with(UPGRADES.resolve("next"));
    }

    /// The version after that, which removes something.
    public static Build afterNext() {
        return next().with(UPGRADES.resolve("contract"));
    }

    /// The release before this build: what `-Droster.released=FOLDER` names, a folder with `roster.jar` and `lib`.
    /// Without it, the current build, since there is no earlier release yet.
    public static Build released() {
        var folder = System.getProperty("roster.released");
        if (folder == null) {
            return current();
        }
        var jar = Path.of(folder, "roster.jar").toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new AssertionError("There is no " + jar + ": build the release there");
        }
        return new Build(jar + File.pathSeparator + jar.resolveSibling("lib") + "/*");
    }

    private Build with(Path migrations) {
        return new Build(migrations + File.pathSeparator + classPath);
    }
}
