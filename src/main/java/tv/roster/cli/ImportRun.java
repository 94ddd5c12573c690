package tv.roster.cli;

import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tv.roster.cli.progress.Amounts;
import tv.roster.cli.progress.Progress;
import tv.roster.cli.progress.Unit;

/// Follows an import to its end. The import goes on by itself: an outage of the server, or of this command, does not
/// end it.
final class ImportRun {
    private static final Set<String> ENDED = Set.of("COMPLETED", "CANCELLED", "FAILED");
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String QUESTION =
            "Cancel the import (what was done stays), leave it running, or go on watching? [c/l/Enter] ";

    private final Terminal terminal;
    private final String id;
    private final Progress progress;
    private final Interrupts interrupts;
    private final boolean asks;

    /// @param asks whether somebody at a terminal can answer
    ImportRun(Terminal terminal, String id, Progress progress, Interrupts interrupts, boolean asks) {
        this.terminal = terminal;
        this.id = id;
        this.progress = progress;
        this.interrupts = interrupts;
        this.asks = asks;
    }

    static boolean hasEnded(JsonNode resource) {
        return ENDED.contains(resource.at("/attributes/status").asString());
    }

    /// Returns the import's resource as it is at the end.
    JsonNode toItsEnd() {
        var wait = FIRST_WAIT;
        for (var now = read(); ; now = read()) {
            if (hasEnded(now)) {
                progress.clear();
                return now;
            }
            show(now);
            if (interrupts.within(wait)) {
                decide();
            }
            wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
        }
    }

    private void show(JsonNode now) {
        var rows = now.at("/attributes/rows");
        if (now.at("/attributes/status").asString().equals("QUEUED")) {
            progress.show(
                    "Waiting for its turn", Unit.ROWS, 0, rows.at("/total").asLong(-1), "");
            return;
        }
        progress.show(
                now.at("/attributes/dry_run").asBoolean(false) ? "Trying" : "Importing",
                Unit.ROWS,
                rows.at("/done").asLong(0),
                rows.at("/total").asLong(-1),
                Amounts.grouped(rows.at("/rejected").asLong(0)) + " rejected");
    }

    /// Waits for a server that is away for some minutes.
    private JsonNode read() {
        long since = System.nanoTime();
        var wait = LONGEST_WAIT;
        while (true) {
            try {
                return terminal.ofTenant().get("/imports/" + id).at("/data");
            } catch (Failure failure) {
                if (!failure.isTemporary() || System.nanoTime() - since > PATIENCE.toNanos()) {
                    throw new Failure(failure.status(), failure.words() + System.lineSeparator() + comeBack());
                }
                if (interrupts.within(wait)) {
                    throw left();
                }
                wait = shorter(wait.multipliedBy(2), LONGEST_WAIT.multipliedBy(10));
            }
        }
    }

    private void decide() {
        progress.clear();
        if (!asks) {
            throw left();
        }
        terminal.errors().print(QUESTION);
        terminal.errors().flush();
        switch (interrupts.answer(left().words())) {
            case "c" -> cancel();
            case "l" -> throw left();
            default -> {
                // It goes on.
            }
        }
    }

    private void cancel() {
        try {
            cancel(terminal, id);
        } catch (Failure tooLate) {
            terminal.remark(tooLate.words());
        }
    }

    static JsonNode cancel(Terminal terminal, String id) {
        var document = Server.document("Import", Server.object().put("status", "CANCELLED"));
        return terminal.ofTenant().patchWith("/imports/" + id, id, document);
    }

    private Failure left() {
        return new Failure(Failure.INTERRUPTED, "The import goes on. " + comeBack());
    }

    private String comeBack() {
        return "To come back to it: ./roster import --follow " + id;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// How the command ends: 0 if every row is in.
    static int status(JsonNode ended) {
        if (!ended.at("/attributes/status").asString().equals("COMPLETED")) {
            return Failure.INCOMPLETE;
        }
        return ended.at("/attributes/rows/rejected").asLong(0) == 0 ? 0 : Failure.ROWS_REJECTED;
    }
}
