package tv.roster.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A class of ours in a process of its own.
public final class JavaProcess {
    /// For processes that live for seconds: what is compiled and kept for later speed would cost more than it gives.
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn16m");

    private JavaProcess() {}

    /// The command that runs a main class in a folder, with the class path of this process.
    public static ProcessBuilder of(Path folder, List<String> options, String mainClass, String... arguments) {
        return of(folder, Build.current(), options, mainClass, arguments);
    }

    /// The same with another class path.
    static ProcessBuilder of(Path folder, Build build, List<String> options, String mainClass, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(options);
        command.addAll(List.of("-cp", build.classPath(), mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    /// The class path of this process, for any folder: relative paths would mean others there.
    public static String classPath() {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classes.split(File.pathSeparator, -1))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
