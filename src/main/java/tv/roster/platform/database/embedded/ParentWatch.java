package tv.roster.platform.database.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a program with this process, however this one ends: by `kill -9` or for want of memory it has no say in it.
///
/// The shell that becomes the program leaves a watcher behind first, whose input is a pipe from here. Nothing is ever
/// written into it; its end means that we are gone, or that the program has ended and the JDK has closed the pipe. Both
/// run in a session of their own, so that a signal to our process group, such as that of Ctrl-C, reaches neither. The
/// number of the program cannot be given to another process meanwhile, for it is that of the watcher's group.
enum ParentWatch {
    /// For `postgres`: it is asked to stop, open transactions being rolled back; after 10 s told to; then killed.
    STOP("for signal in INT QUIT KILL; do n=0; while [ $n -lt 100 ]; do"
            + " kill -s $signal $$ || exit; sleep 0.1; n=$((n + 1)); done; done"),

    /// For what is begun anew the next time: it is killed at once with all that it has started.
    KILL("kill -s KILL -- -$$");

    private final String script;

    ParentWatch(String end) {
        // The watcher belongs to nobody here: PostgreSQL would take the end of a child it does not know for a crash.
        script = "exec 3<&0 <\"$1\"; shift; (trap '' HUP INT TERM QUIT; { read -r end <&3; " + end
                + "; } >/dev/null 2>&1 &); exec 3<&- \"$@\"";
    }

    /// The words of the command, under watch. The program reads the file, or nothing; what is our end of its standard
    /// input is to stay open as long as we want it to run.
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
