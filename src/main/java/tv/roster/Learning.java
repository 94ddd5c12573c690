package tv.roster;

import com.sun.management.HotSpotDiagnosticMXBean;
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
