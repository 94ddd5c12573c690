package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// CPU seconds used so far: by the server, by PostgreSQL with all of its processes, and by the load (all programs
/// that the harness ran and saw end, and the harness itself).
record CpuTime(double server, double postgres, double load) {
    /// What Linux calls `USER_HZ`, the same on all of its platforms that Java runs on.
    private static final double TICKS_A_SECOND = 100;

    private static final int PARENT = 1;
    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    static CpuTime now(long server, long postmaster) throws IOException {
        var own = fields(Path.of("/proc/self/stat"));
        return new CpuTime(own(fields(stat(server))), postgres(postmaster), own(own) + ended(own));
    }

    CpuTime since(CpuTime earlier) {
        return new CpuTime(server - earlier.server, postgres - earlier.postgres, load - earlier.load);
    }

    /// The postmaster, its children, and those of its children that have ended (each connection is one).
    private static double postgres(long postmaster) throws IOException {
        var root = fields(stat(postmaster));
        double seconds = own(root) + ended(root);
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                seconds += ofChild(process, postmaster);
            }
        }
        return seconds;
    }

    private static double ofChild(Path process, long parent) {
        try {
            var fields = fields(process.resolve("stat"));
            return fields[PARENT].equals(String.valueOf(parent)) ? own(fields) : 0;
        } catch (IOException ended) {
            // It has just ended; its time is now part of its parent's.
            return 0;
        }
    }

    private static Path stat(long pid) {
        return Path.of("/proc", String.valueOf(pid), "stat");
    }

    /// The fields from the third on; the second is the program's name, which can contain spaces.
    private static String[] fields(Path stat) throws IOException {
        var text = Files.readString(stat);
        if (text.isEmpty()) {
            throw new NoSuchFileException(stat.toString());
        }
        return text.substring(text.lastIndexOf(')') + 2).split(" ");
    }

    private static double own(String[] fields) {
        return (Double.parseDouble(fields[OWN_USER]) + Double.parseDouble(fields[OWN_SYSTEM])) / TICKS_A_SECOND;
    }

    private static double ended(String[] fields) {
        return (Double.parseDouble(fields[ENDED_USER]) + Double.parseDouble(fields[ENDED_SYSTEM])) / TICKS_A_SECOND;
    }
}
