package tv.roster;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which signal ends the process. Java runs its shutdown hooks on any of them without saying on which;
/// `sun.misc.Signal` says it. Every JDK has that class, but javac warns of its use, so it is looked up by name; where
/// it is missing, signals do what Java does with them.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /// What is added to a signal's number to make the exit status of a program that it ended.
    private static final int EXIT_STATUS = 128;

    private final AtomicReference<@Nullable Ending> first = new AtomicReference<>();
    private final Consumer<Ending> again;

    /// The signals that ask a program to end, with the numbers that POSIX gives them.
    enum Ending {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        Ending(int number) {
            this.number = number;
        }

        int exitStatus() {
            return EXIT_STATUS + number;
        }
    }

    /// From now on the first signal makes the JVM exit, with its shutdown hooks; any further one goes to `again`.
    Signals(Consumer<Ending> again) {
        this.again = again;
        for (var signal : Ending.values()) {
            try {
                handle(signal);
            } catch (ReflectiveOperationException | RuntimeException missing) {
                LOG.debug("{} is left to Java", signal, missing);
            }
        }
    }

    private void handle(Ending signal) throws ReflectiveOperationException {
        var type = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        Runnable work = () -> came(signal);
        var came = MethodHandles.publicLookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(work);
        type.getMethod("handle", type, handler)
                .invoke(
                        null,
                        type.getConstructor(String.class).newInstance(signal.name()),
                        MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(came, 0, type)));
    }

    private void came(Ending signal) {
        if (first.compareAndSet(null, signal)) {
            Runtime.getRuntime().exit(signal.exitStatus());
        } else {
            again.accept(signal);
        }
    }

    /// The signal that ends this process; empty where something else does.
    Optional<Ending> first() {
        return Optional.ofNullable(first.get());
    }
}
