package tv.roster.cli.progress;

import java.time.Duration;
import java.util.Locale;

/// How numbers, sizes and times are written for people, on machines of every language.
public final class Amounts {
    private static final long KILOBYTE = 1000;
    private static final String[] PREFIXES = {"kB", "MB", "GB", "TB"};

    private Amounts() {}

    /// Such as `1,234,567`.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Such as `980 bytes` or `12.3 MB`.
    public static String bytes(long number) {
        if (number < KILOBYTE) {
            return number + " bytes";
        }
        double amount = number;
        int prefix = -1;
        while (amount >= KILOBYTE && prefix < PREFIXES.length - 1) {
            amount /= KILOBYTE;
            prefix++;
        }
        return String.format(Locale.ROOT, amount < 99.95 ? "%.1f %s" : "%.0f %s", amount, PREFIXES[prefix]);
    }

    /// Such as `19 s`, `4 min 10 s` or `1 h 05 min`.
    public static String time(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }
}
