package tv.roster.cli.progress;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.function.LongSupplier;

/// Shows how far a command is. A terminal has one line, which is written again and again; elsewhere, a line is written
/// after ten seconds, and then less and less often.
public final class Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_LINE = 10 * SECOND;
    private static final long LONGEST_SILENCE = 60 * SECOND;
    private static final long REDRAW = SECOND / 10;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final int columns;
    private final LongSupplier nanoClock;

    private Meter meter = new Meter();
    private String phase = "";
    private long silence = FIRST_LINE;
    private long next;
    private boolean drawn;

    /// @param columns   the width of the terminal; 0 if it is none
    /// @param nanoClock such as [System#nanoTime]
    public Progress(PrintWriter out, int columns, LongSupplier nanoClock) {
        this.out = out;
        this.columns = columns;
        this.nanoClock = nanoClock;
        this.next = nanoClock.getAsLong() + (columns > 0 ? 0 : silence);
    }

    /// So much of it is done.
    ///
    /// @param doing such as `Importing`; another one begins a new measurement
    /// @param total how much there is; negative if that is not known
    /// @param more  what else there is to say, or empty
    public void show(String doing, Unit unit, long done, long total, String more) {
        long now = nanoClock.getAsLong();
        if (!doing.equals(phase)) {
            phase = doing;
            meter = new Meter();
            next = Math.min(next, now + (columns > 0 ? 0 : silence));
        }
        meter.read(now, done);
        if (now - next < 0) {
            return;
        }
        var text = text(unit, done, total, more);
        if (columns > 0) {
            next = now + REDRAW;
            draw(bar(done, total, text));
        } else {
            next = now + silence;
            silence = Math.min(2 * silence, LONGEST_SILENCE);
            out.println(phase + ": " + text);
            out.flush();
        }
    }

    private String text(Unit unit, long done, long total, String more) {
        var parts = new ArrayList<String>();
        parts.add(unit.of(done, total));
        long rate = Math.round(meter.rate());
        if (rate > 0) {
            parts.add(unit.of(rate) + "/s");
        }
        var left = meter.left(total - done);
        if (total > done && left.isPositive()) {
            parts.add(Amounts.time(left) + " left");
        }
        if (!more.isEmpty()) {
            parts.add(more);
        }
        return String.join(", ", parts);
    }

    /// The bar takes what is left of the line; where that is not enough for one, there are percents.
    private String bar(long done, long total, String text) {
        if (total <= 0) {
            return phase + " " + text;
        }
        int width = Math.min(30, columns - 1 - phase.length() - text.length() - 4);
        if (width < 10) {
            return phase + " " + Math.min(done, total) * 100 / total + "% " + text;
        }
        int filled = (int) (Math.min(done, total) * width / total);
        return phase + " [" + "#".repeat(filled) + "-".repeat(width - filled) + "] " + text;
    }

    private void draw(String line) {
        out.print(CLEAR + line.substring(0, Math.min(line.length(), columns - 1)));
        out.flush();
        drawn = true;
    }

    /// Removes the bar, so that something else can be written.
    public void clear() {
        if (drawn) {
            out.print(CLEAR);
            out.flush();
            drawn = false;
        }
    }
}
