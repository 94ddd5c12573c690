package tv.roster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tv.roster.Signals.Ending;
import tv.roster.platform.logging.Console;
import tv.roster.platform.logging.LogLines;

/// Stops the server on a signal, within a limited time even if a part hangs. A second signal ends it immediately.
final class Stopping {
    /// The time limit of a stop in addition to the drain: 25 s with the default drain, while Kubernetes kills after
    /// 30. Tests use less.
    static final Duration LIMIT = Duration.ofSeconds(Long.getLong("roster.stop.seconds", 20));

    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final CompletableFuture<Application> starting = new CompletableFuture<>();
    private final Thread starter = Thread.currentThread();
    private final Duration drain;
    private final Signals signals = new Signals(again -> end(again.exitStatus(), "Exiting immediately."));
    private final ServiceManager serviceManager = new ServiceManager(System.getenv());
    private volatile boolean stopping;

    /// Created before the start, so that Ctrl-C during the start leaves no PostgreSQL running. `drain` is how long
    /// the server continues to serve after SIGTERM.
    Stopping(Duration drain) {
        this.drain = drain;
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
    }

    ServiceManager serviceManager() {
        return serviceManager;
    }

    void started(Application application) {
        starting.complete(application);
    }

    /// Returns whether to report the failure: not if the start failed because it was asked to stop.
    boolean failed(Throwable failure) {
        starting.completeExceptionally(failure);
        return !stopping;
    }

    /// Ctrl-C and the end of a terminal session come from a person who waits for the prompt; SIGTERM comes from a
    /// system that starts another server and moves the clients to it.
    private Duration drain() {
        return signals.first().filter(signal -> signal == Ending.TERM).isPresent() ? drain : Duration.ZERO;
    }

    private void run() {
        stopping = true;
        serviceManager.stopping();
        var serveOn = drain();
        var deadline = Deadline.in(serveOn.plus(LIMIT));
        var limit = Thread.ofPlatform().daemon().name("deadline").start(() -> watch(deadline));
        stop(serveOn, deadline);
        LogLines.end();
        limit.interrupt();
        if (Learning.isOn()) {
            if (starting.isCompletedExceptionally()) {
                Learning.halt(exitStatus());
            }
            Learning.silence();
        }
    }

    private int exitStatus() {
        return signals.first().map(Ending::exitStatus).orElse(1);
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
        Console.say(
                serveOn.isZero()
                        ? "Stopping: completing the requests in progress…"
                        : "Stopping: no longer ready, continuing to serve for " + serveOn.toSeconds() + " s…");
        application.stop(serveOn, deadline);
        Console.say(
                Learning.isOn()
                        ? "Stopped. Java now stores what it has learnt for faster starts; this happens once and takes a few seconds."
                        : "Stopped.");
    }

    private void watch(Deadline deadline) {
        try {
            Thread.sleep(deadline.left());
        } catch (InterruptedException stopped) {
            return;
        }
        end(exitStatus(), "Not everything stopped in time; exiting without waiting any longer.");
    }

    /// Prints on a separate thread for a limited time, since a blocked terminal or pipe must not delay the end.
    private static void end(int status, String words) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        Console.say(words);
                        LogLines.end();
                    })
                    .join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Learning.halt(status);
    }
}
