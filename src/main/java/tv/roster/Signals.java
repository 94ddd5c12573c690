package tv.roster;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.signals.SignalHandlers;

/// Which signal ends the process: Java runs its shutdown hooks without saying which one was received.
final class Signals {
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
            var _ = SignalHandlers.handle(signal.name(), () -> came(signal));
        }
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
