package tv.roster.platform.eventloop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates virtual threads that run on a custom executor.
///
/// The JDK supports this, but not in its public API (JEP 444, "Scheduling virtual threads"): the launcher opens
/// `java.lang` for it. If it is not open, or a later JDK changes it, requests run on the JDK's own scheduler, which
/// is equally correct but slower.
final class MountedThreads {
    private static final Logger LOG = LoggerFactory.getLogger(MountedThreads.class);

    private MountedThreads() {}

    static ThreadFactory on(Executor executor) {
        try {
            var builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            var constructor = MethodHandles.privateLookupIn(builder, MethodHandles.lookup())
                    .findConstructor(builder, MethodType.methodType(void.class, Executor.class));
            return ((Thread.Builder.OfVirtual) constructor.invoke(executor)).factory();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn(
                    "Requests run on the JDK's own scheduler, which is slower: start Java with"
                            + " --add-opens java.base/java.lang=ALL-UNNAMED ({})",
                    e.toString());
            return Thread.ofVirtual().factory();
        }
    }
}
