package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.files.PrivateFiles;

/// The user who runs PostgreSQL. Since it refuses to run as root, root runs it in a separate user namespace or as
/// another user.
///
/// @param prefix prepended to each of its commands
/// @param uid    the owner of its files
record PostgresUser(List<String> prefix, int uid) {
    private static final int ROOT = 0;
    private static final Set<String> KEPT_VARIABLES = Set.of("PATH", "TZ");

    /// @throws PostgresFailure if this process runs as root and neither way is possible
    static PostgresUser choose(Path dataFolder) throws IOException {
        int ours = ours(dataFolder);
        if (ours != ROOT) {
            return new PostgresUser(List.of(), ours);
        }
        List<PostgresUser> ways = new ArrayList<>();
        ways.add(new PostgresUser(List.of("unshare", "--user"), ROOT));
        ways.addAll(otherUsers());
        for (PostgresUser way : ways) {
            if (way.canEnter(dataFolder) || way.mayPassThrough(dataFolder)) {
                return way;
            }
        }
        throw new PostgresFailure("PostgreSQL does not run as root, and here root may neither make a user namespace"
                + " (unshare --user) nor let postgres or nobody enter " + dataFolder
                + ": start Roster as another user, or name a PostgreSQL of your own in ROSTER_DATABASE_URL.");
    }

    /// A command of PostgreSQL, run by this user.
    ProcessBuilder command(List<String> words) {
        return bare(as(words));
    }

    /// The same, ended together with this process; its standard input is a file, or empty.
    ProcessBuilder command(List<String> words, ParentWatch watch, @Nullable Path input) {
        return bare(watch.over(as(words), input));
    }

    private List<String> as(List<String> words) {
        return Stream.concat(prefix.stream(), words.stream()).toList();
    }

    /// The program does not get the variables of this process, since they contain passwords, or `PG…` variables,
    /// which would change its behaviour.
    private static ProcessBuilder bare(List<String> words) {
        ProcessBuilder command = new ProcessBuilder(words);
        Map<String, String> environment = command.environment();
        environment.keySet().retainAll(KEPT_VARIABLES);
        environment.put("LC_ALL", "C");
        return command;
    }

    /// Makes the user the owner of a folder and its contents.
    void own(Path folder) throws IOException {
        if (uidOf(folder) == uid) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /// Whether the user can enter the folder: another user, or root in a user namespace, may lack permission for a
    /// folder above it.
    boolean canEnter(Path folder) {
        if (prefix.isEmpty()) {
            return true;
        }
        try {
            Process probe = command(List.of("/bin/sh", "-c", "cd \"$1\"", "sh", folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException missingProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Lets another user pass through the folder without listing it.
    private boolean mayPassThrough(Path folder) throws IOException {
        if (uid == ROOT || !PrivateFiles.isOurs(folder)) {
            return false;
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
        Set<PosixFilePermission> wider = EnumSet.copyOf(before);
        wider.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(folder, wider);
        if (canEnter(folder)) {
            return true;
        }
        Files.setPosixFilePermissions(folder, before);
        return false;
    }

    private static int ours(Path dataFolder) throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return uidOf(self);
        }
        return "root".equals(System.getProperty("user.name")) ? ROOT : uidOf(dataFolder);
    }

    private static int uidOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    private static List<PostgresUser> otherUsers() throws IOException {
        Path users = Path.of("/etc/passwd");
        if (!Files.isReadable(users)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(users)) {
            return lines.filter(line -> line.startsWith("postgres:") || line.startsWith("nobody:"))
                    .sorted(Comparator.reverseOrder())
                    .map(line -> line.split(":", -1))
                    .map(fields -> new PostgresUser(
                            List.of(
                                    "setpriv",
                                    "--reuid=" + fields[2],
                                    "--regid=" + fields[3],
                                    "--clear-groups",
                                    "--inh-caps=-all"),
                            Integer.parseInt(fields[2])))
                    .toList();
        }
    }
}
