package tv.roster.testing;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/// Where event loops wait for a lock that a virtual thread has: one that parks behind a virtual thread which only
/// it can carry hangs for good. Java's own recorder sees the loops of all servers in this run.
public final class LoopWaits implements AutoCloseable {
    private final RecordingStream recorder = new RecordingStream();
    private final Queue<String> waits = new ConcurrentLinkedQueue<>();

    public void start() {
        for (var event : new String[] {"jdk.ThreadPark", "jdk.JavaMonitorEnter"}) {
            recorder.enable(event).withThreshold(Duration.ZERO).withStackTrace();
            recorder.onEvent(event, this::note);
        }
        recorder.startAsync();
    }

    /// Stops, and returns what was recorded.
    public List<String> stop() {
        recorder.stop();
        return List.copyOf(waits);
    }

    private static boolean isVirtual(RecordedThread owner) {
        return owner != null && owner.isVirtual();
    }

    private void note(RecordedEvent event) {
        var thread = event.getThread();
        var name = thread == null ? null : thread.getJavaName();
        // The loop apart carries no virtual threads, so that it may wait for a queue of background work.
        if (name == null || !name.contains("eventloop") || name.contains("apart") || thread.isVirtual()) {
            return;
        }
        if (event.hasField("previousOwner") && !isVirtual(event.getThread("previousOwner"))) {
            // Another loop held it, which goes on whatever this one does.
            return;
        }
        var stack = event.getStackTrace() == null
                ? ""
                : event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName() + "."
                                + frame.getMethod().getName() + ":" + frame.getLineNumber())
                        .collect(Collectors.joining("\n  "));
        // Classes are loaded once.
        if (!stack.contains("ClassLoader")) {
            waits.add(event.getEventType().getName() + " of " + name + " at\n  " + stack);
        }
    }

    @Override
    public void close() {
        recorder.close();
    }
}
