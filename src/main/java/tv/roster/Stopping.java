package tv.roster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tv.roster.Signals.Ending;
import tv.roster.platform.logging.LogLines;

/// The end of a server: by a signal, within a time, whatever hangs. A second signal does not wait.
final class Stopping {
    /// How long a stop may take beside the drain. With the default drain that is 25 s, and Kubernetes kills after 30.
    /// Tests have less time.
    static final Duration LIMIT = Duration.ofSeconds(Long.getLong("roster.stop.seconds", 20));

    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final CompletableFuture<Application> starting = new CompletableFuture<>();
    private final Thread starter = Thread.currentThread();
    private final Duration drain;
    private final Signals signals = new Signals(again -> end(again.exitStatus(), "Ended at once."));
    private volatile boolean stopping;

    /// Made before the start, so that a Ctrl-C in the middle of it leaves no PostgreSQL behind. `drain` is how long a
    /// server serves on after SIGTERM.
    Stopping(Duration drain) {
        this.drain = drain;
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
    }

    void started(Application application) {
        starting.complete(application);
    }

    /// Returns whether anybody should be told why: nobody who asked for an end in the middle of the start.
    boolean failed(Throwable failure) {
        starting.completeExceptionally(failure);
        return !stopping;
    }

    /// Ctrl-C and the end of a terminal come from a person, who waits for the prompt; SIGTERM from what starts another
    /// server and moves its clients over.
    private Duration drain() {
        return signals.first().filter(signal -> signal == Ending.TERM).isPresent() ? drain : Duration.ZERO;
    }

    private void run() {
        stopping = true;
        var serveOn = drain();
        var deadline = Deadline.in(serveOn.plus(LIMIT));
        var limit = Thread.ofPlatform().daemon().name("deadline").start(() -> watch(deadline));
        stop(serveOn, deadline);
        LogLines.end();
        limit.interrupt();
    }

    private void stop(Duration serveOn, Deadline deadline) {
        Application application;
        try {
            if (!starting.isDone()) {
                starter.interrupt();
            }
            application = starting.join();
        } catch (CompletionException neverStarted) {
            return;
        }
        System.err.println(
                serveOn.isZero()
                        ? "Stopping: finishing what is under way…"
                        : "Stopping: not ready any more, serving on for " + serveOn.toSeconds() + " s…");
        application.stop(serveOn, deadline);
        System.err.println(
                Boolean.getBoolean("roster.learns")
                        ? "Stopped. Java keeps what it learnt, for quicker starts; this once, that takes some seconds."
                        : "Stopped.");
    }

    private void watch(Deadline deadline) {
        try {
            Thread.sleep(deadline.left());
        } catch (InterruptedException stopped) {
            return;
        }
        end(
                signals.first().map(Ending::exitStatus).orElse(1),
                "Not everything has stopped in time; ended without waiting any longer.");
    }

    /// Says it where it can be said: a terminal or a pipe that takes nothing holds up nobody.
    private static void end(int status, String words) {
        try {
            Thread.ofPlatform().daemon().start(() -> System.err.println(words)).join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }
}
