package tv.roster.platform.database.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a program together with this process, even if this process is killed by `kill -9` or for lack of memory and
/// cannot do it itself.
///
/// The shell that becomes the program first starts a watcher, whose input is a pipe from this process. Nothing is
/// ever written to the pipe; its end means that this process has ended, or that the program has ended and the JDK
/// has closed the pipe. Both run in a session of their own, so that a signal to this process group, such as Ctrl-C,
/// reaches neither. The process id of the program cannot be reused in the meantime, since it is also the watcher's
/// group id.
enum ParentWatch {
    /// For `postgres`: a fast shutdown, which rolls open transactions back; after 10 s an immediate one; then it is
    /// killed.
    STOP("for signal in INT QUIT KILL; do n=0; while [ $n -lt 100 ]; do"
            + " kill -s $signal $$ || exit; sleep 0.1; n=$((n + 1)); done; done"),

    /// For programs that are run again from the beginning next time: killed at once with all processes that they
    /// have started.
    KILL("kill -s KILL -- -$$");

    private final String script;

    ParentWatch(String end) {
        // The watcher must not be a child of the program: PostgreSQL would take the end of an unknown child for a
        // crash.
        script = "exec 3<&0 <\"$1\"; shift; (trap '' HUP INT TERM QUIT; { read -r end <&3; " + end
                + "; } >/dev/null 2>&1 &); exec 3<&- \"$@\"";
    }

    /// The command line with its watcher. The program reads the file, or nothing. This process's end of its
    /// standard input must stay open as long as the program is to run.
    List<String> over(List<String> command, @Nullable Path input) {
        List<String> words = new ArrayList<>(inOwnSession());
        words.addAll(List.of("/bin/sh", "-c", script, "sh", input == null ? "/dev/null" : input.toString()));
        words.addAll(command);
        return words;
    }

    private static List<String> inOwnSession() {
        boolean hasSetsid = Arrays.stream(String.valueOf(System.getenv("PATH")).split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        return hasSetsid ? List.of("setsid") : List.of("/usr/bin/perl", "-MPOSIX", "-e", "setsid(); exec @ARGV");
    }
}
