package tv.roster.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The processes that work for a data folder beside the server's own: PostgreSQL's, and what watches over them.
public final class FolderProcesses {
    private FolderProcesses() {}

    /// Those whose command line or working folder names it, but for this process and the server.
    public static List<ProcessHandle> of(Path data, Process server) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid() && process.pid() != server.pid())
                .filter(process -> names(process.pid(), data))
                .toList();
    }

    private static boolean names(long pid, Path data) {
        var process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.readString(process.resolve("cmdline")).contains(data.toString())
                    || Files.readSymbolicLink(process.resolve("cwd")).startsWith(data);
        } catch (IOException gone) {
            return false;
        }
    }
}
