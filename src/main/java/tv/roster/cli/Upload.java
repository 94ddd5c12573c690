package tv.roster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tv.roster.cli.progress.Progress;
import tv.roster.cli.progress.Unit;

/// Sends a file. If the connection breaks, it is sent again with the same `Idempotency-Key`, so that there is one
/// import in the end.
final class Upload {
    private static final int ATTEMPTS = 5;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final UserFile file;
    private final Progress progress;
    private final Interrupts interrupts;
    private final String key = UUID.randomUUID().toString();
    private final AtomicLong sent = new AtomicLong();
    private boolean begun;

    Upload(Terminal terminal, UserFile file, Progress progress, Interrupts interrupts) {
        this.terminal = terminal;
        this.file = file;
        this.progress = progress;
        this.interrupts = interrupts;
    }

    /// Returns the import's document.
    ///
    /// @param query of the call, such as `mode=create`
    JsonNode send(String query) {
        var wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                return sendOnce(query);
            } catch (Failure failure) {
                begun |= sent.get() > 0;
                if (attempt == ATTEMPTS || !mayRepeat(failure)) {
                    throw failure;
                }
                progress.clear();
                terminal.remark(failure.words());
                terminal.remark("Sending the file again in " + wait.toSeconds() + " s.");
                if (interrupts.within(wait)) {
                    throw stopped();
                }
                wait = wait.multipliedBy(2);
            }
        }
    }

    /// Where there is no server at all, there is probably none a second later either. What standard input has given
    /// is gone.
    private boolean mayRepeat(Failure failure) {
        return failure.isTemporary()
                && (begun || failure.status() != Failure.UNREACHABLE)
                && (sent.get() == 0 || file.isUnchanged());
    }

    private JsonNode sendOnce(String query) {
        var server = terminal.ofTenant();
        var request = server.request("/imports" + (query.isEmpty() ? "" : "?" + query))
                .header("Accept", Server.JSON_API)
                .header("Content-Type", file.format().mediaType())
                .header("Idempotency-Key", key)
                .expectContinue(true)
                .POST(body());
        if (file.isGzip()) {
            request.header("Content-Encoding", "gzip");
        }
        sent.set(0);
        var call = server.start(request.build());
        watch(call);
        return server.ended(call);
    }

    private void watch(CompletableFuture<HttpResponse<String>> call) {
        while (!call.isDone()) {
            progress.show("Sending", Unit.BYTES, sent.get(), file.size(), "");
            if (interrupts.within(REDRAW)) {
                call.cancel(true);
                throw stopped();
            }
        }
        progress.clear();
    }

    private static Failure stopped() {
        return new Failure(
                Failure.INTERRUPTED,
                "Stopped while the file was being sent. Nothing is imported from a part of a file; ./roster import list"
                        + " shows whether it was complete by then.");
    }

    private BodyPublisher body() {
        if (file.size() == 0) {
            return BodyPublishers.noBody();
        }
        var stream = BodyPublishers.ofInputStream(() -> {
            try {
                return new CountedInput(file.open(), sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return file.size() < 0 ? stream : BodyPublishers.fromPublisher(stream, file.size());
    }
}
