package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The content of PostgreSQL's `postmaster.pid`.
///
/// @param pid   of the postmaster; 0 if the file is missing or incomplete
/// @param port  where it listens; 0 in the same cases
/// @param ready whether it accepts connections
record PostmasterFile(long pid, int port, boolean ready) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    static PostmasterFile read(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(in(cluster));
        } catch (NoSuchFileException absent) {
            return new PostmasterFile(0, 0, false);
        }
        return new PostmasterFile(
                number(lines, 0),
                (int) number(lines, PORT_LINE),
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready"));
    }

    private static long number(List<String> lines, int at) {
        String text = lines.size() > at ? lines.get(at).strip() : "";
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    }
}
