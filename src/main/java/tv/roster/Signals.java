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

/// Which signal ends the process. Java runs its shutdown hooks without saying which signal was received;
/// `sun.misc.Signal` does. Every JDK has that class, but javac warns about it, so it is looked up by name; without
/// it, signals have Java's default effect.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /// Added to the number of a signal to get the exit status of a program that the signal ended.
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

    /// From now on, the first signal makes the JVM exit, with its shutdown hooks; further ones are passed to
    /// `again`.
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

    /// The signal that ends this process; empty if it ends for another reason.
    Optional<Ending> first() {
        return Optional.ofNullable(first.get());
    }
}
