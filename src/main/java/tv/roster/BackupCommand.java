package tv.roster;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tv.roster.platform.database.backup.Backup;
import tv.roster.platform.database.backup.Counted;
import tv.roster.platform.database.backup.UnusableBackup;
import tv.roster.platform.files.PrivateFiles;
import tv.roster.settings.Settings;

/// The command `backup`.
@Command(
        name = BackupCommand.NAME,
        description = {
            "Write all data of the installation to one file, as they are at this moment.",
            "",
            "Run it on a machine of the server, with the same environment variables as ./roster serve (ROSTER_DATA,",
            "ROSTER_DATABASE_URL) and as the same user, while the server is running or stopped. The file contains",
            "personal data and the installation's secret: only you can read it; keep it so. FILE is replaced only when",
            "the new backup is complete."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./roster backup roster.backup", "  ./roster backup - | ssh backup@vault 'cat > roster.backup'"})
final class BackupCommand implements Callable<Integer> {
    static final String NAME = "backup";

    /// Stands for standard output, and for standard input when restoring.
    static final String PIPE = "-";

    private static final int BUFFER = 1 << 16;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file to write; - for standard output.")
    private String file = "";

    BackupCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var settings = Settings.from(environment);
        try (var database = InstalledDatabase.of(settings)) {
            if (file.equals(PIPE)) {
                report(toStandardOutput(database, settings), "");
            } else {
                var path = Path.of(file);
                var tables = toFile(database, settings, path);
                report(tables, " to %s (%s bytes)".formatted(path, Counted.grouped(Files.size(path))));
            }
        }
        return 0;
    }

    private static List<Counted> toStandardOutput(InstalledDatabase database, Settings settings) {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            return write(database, settings, out);
        } catch (IOException failure) {
            throw new UnusableBackup("The backup cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static List<Counted> write(InstalledDatabase database, Settings settings, OutputStream out)
            throws IOException {
        var buffered = new BufferedOutputStream(out, BUFFER);
        var tables = Backup.write(
                database.roles().owner(),
                database.ownersSetting(),
                settings.database().patience(),
                Main.version(),
                buffered);
        buffered.flush();
        return tables;
    }

    /// Writes beside the file, which takes its name once it is complete and on disk.
    private static List<Counted> toFile(InstalledDatabase database, Settings settings, Path path) {
        var target = path.toAbsolutePath();
        var folder = Objects.requireNonNull(target.getParent(), "a file is in a folder");
        try {
            var half = Files.createTempFile(folder, target.getFileName() + ".", ".part", PrivateFiles.FILE);
            half.toFile().deleteOnExit();
            List<Counted> tables;
            try (var channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                tables = write(database, settings, Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.force(folder);
            return tables;
        } catch (IOException failure) {
            throw new UnusableBackup("The backup cannot be written to " + path + ": " + failure, failure);
        }
    }

    private void report(List<Counted> tables, String target) {
        spec.commandLine().getErr().println("Backed up " + Counted.summary(tables) + target + ".");
    }
}
