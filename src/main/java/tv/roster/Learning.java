package tv.roster;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first run, in which Java records what it learns: when it ends, it stores that in an AOT cache, from which
/// later starts are faster.
final class Learning {
    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);
    private static final int WRITE_ONLY = 1;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private Learning() {}

    /// The launcher sets this together with the option for Java.
    static boolean isOn() {
        return Boolean.getBoolean("roster.learns");
    }

    /// Ends the process immediately, without shutdown hooks and without a cache. `Runtime.halt` stores one, too, even
    /// after a start that failed: it takes seconds, and slows down later starts.
    static void halt(int status) {
        if (isOn()) {
            try {
                Files.deleteIfExists(notes());
                exit(status);
            } catch (Throwable impossible) {
                LOG.debug("The cache cannot be avoided", impossible);
            }
        }
        Runtime.getRuntime().halt(status);
    }

    /// Discards what is printed from now on: Java reports how it stores what it has learnt, and starts another Java for
    /// that, which prints all of its options.
    @SuppressWarnings("restricted")
    static void silence() {
        try {
            var linker = Linker.nativeLinker();
            try (var arena = Arena.ofConfined()) {
                var name = arena.allocateFrom("/dev/null");
                var open = linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("open"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
                var duplicate = linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("dup2"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                int nowhere = (int) open.invokeExact(name, WRITE_ONLY);
                int _ = (int) duplicate.invokeExact(nowhere, STANDARD_OUTPUT);
                int _ = (int) duplicate.invokeExact(nowhere, STANDARD_ERROR);
            }
        } catch (Throwable impossible) {
            LOG.debug("Java cannot be silenced", impossible);
        }
    }

    /// The file in which Java collects what it learns, created when it starts.
    private static Path notes() {
        var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Path.of(diagnostics.getVMOption("AOTCacheOutput").getValue() + ".config");
    }

    /// The C library's `_exit`, of which the JVM hears nothing.
    @SuppressWarnings("restricted")
    private static void exit(int status) throws Throwable {
        var linker = Linker.nativeLinker();
        var exit = linker.defaultLookup().findOrThrow("_exit");
        linker.downcallHandle(exit, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                .invokeExact(status);
    }
}
