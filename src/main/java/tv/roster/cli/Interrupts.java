package tv.roster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.signals.SignalHandlers;

/// What Ctrl-C does while a command waits: the command decides, and may ask. Pressed again during the question, it
/// ends the command.
final class Interrupts implements AutoCloseable {
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Semaphore pressed = new Semaphore(0);
    private final Terminal terminal;
    private final Runnable restored;
    private volatile @Nullable String lastWords;

    /// From now on, Ctrl-C does not end the process by itself.
    Interrupts(Terminal terminal) {
        this.terminal = terminal;
        restored = SignalHandlers.handle("INT", this::press);
    }

    private void press() {
        var last = lastWords;
        if (last == null) {
            pressed.release();
        } else {
            terminal.remark("");
            terminal.remark(last);
            Runtime.getRuntime().exit(Failure.INTERRUPTED);
        }
    }

    /// Ctrl-C ends the process again.
    @Override
    public void close() {
        restored.run();
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
    ///
    /// @param ifInterrupted said when the answer is Ctrl-C
    String answer(String ifInterrupted) {
        lastWords = ifInterrupted;
        try (BufferedReader terminal = Files.newBufferedReader(TERMINAL, Charset.defaultCharset())) {
            var line = terminal.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException nobody) {
            return "";
        } finally {
            lastWords = null;
        }
    }
}
