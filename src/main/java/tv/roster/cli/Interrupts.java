package tv.roster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tv.roster.platform.signals.SignalHandlers;

/// What Ctrl-C does while a command waits: the command decides, and may ask. Pressed again during the question, it
/// ends the command.
final class Interrupts {
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Semaphore pressed = new Semaphore(0);
    private volatile boolean asking;

    private Interrupts() {}

    /// From now on, Ctrl-C does not end the process by itself.
    static Interrupts handled() {
        var interrupts = new Interrupts();
        SignalHandlers.handle("INT", interrupts::press);
        return interrupts;
    }

    /// Ctrl-C ends the process, as usual.
    static Interrupts unhandled() {
        return new Interrupts();
    }

    private void press() {
        if (asking) {
            Runtime.getRuntime().exit(Failure.INTERRUPTED);
        }
        pressed.release();
    }

    /// Waits so long; returns early and true if Ctrl-C is pressed.
    boolean within(Duration duration) {
        try {
            return pressed.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// What the person at the terminal types; empty if there is none.
    String answer() {
        asking = true;
        try (BufferedReader terminal = Files.newBufferedReader(TERMINAL, Charset.defaultCharset())) {
            var line = terminal.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException nobody) {
            return "";
        } finally {
            asking = false;
        }
    }
}
