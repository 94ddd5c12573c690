package tv.roster;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tv.roster.platform.database.backup.BackupFile;
import tv.roster.platform.database.backup.Counted;
import tv.roster.platform.database.backup.Restore;
import tv.roster.platform.database.backup.UnusableBackup;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.platform.files.PrivateFiles;
import tv.roster.settings.Settings;

/// The command `restore`.
@Command(
        name = RestoreCommand.NAME,
        description = {
            "Restore an installation from a backup, into an empty data folder or an empty database.",
            "",
            "ROSTER_DATA or ROSTER_DATABASE_URL names the place, as for ./roster serve. A backup of an earlier Roster is",
            "brought up to date. If the backup is damaged, nothing is restored.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ROSTER_DATA=restored ./roster restore roster.backup",
            "  ./roster backup - | ROSTER_DATABASE_URL=postgresql://... ./roster restore -"
        })
final class RestoreCommand implements Callable<Integer> {
    static final String NAME = "restore";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The backup; - for standard input.")
    private String file = "";

    @Option(names = "--check", description = "Only read it to its end, and report whether it is complete and intact.")
    private boolean check;

    RestoreCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        try (var in = new BufferedInputStream(open())) {
            if (check) {
                report("The backup is complete and intact", new BackupFile(in).check());
                return 0;
            }
            var settings = Settings.from(environment);
            var patience = settings.database().patience();
            var backup = new BackupFile(in);
            var own = settings.database().roles();
            if (own.isPresent()) {
                report("Restored", Restore.into(own.get(), patience, backup));
                return 0;
            }
            refuseFolderOfAnother(settings.dataFolder());
            try (var postgres = EmbeddedPostgres.start(settings.dataFolder(), EmbeddedPostgres.Options.DURABLE)) {
                report("Restored", Restore.into(postgres.roles(), patience, backup));
            }
            return 0;
        }
    }

    /// What is restored belongs to the user of this process, and the server has to use it.
    private static void refuseFolderOfAnother(Path folder) throws IOException {
        if (Files.exists(folder) && !PrivateFiles.isOurs(folder)) {
            throw new UnusableBackup("The data folder " + folder.toAbsolutePath() + " belongs to the user "
                    + Files.getOwner(folder).getName() + ": run the command as that user.");
        }
    }

    private InputStream open() throws IOException {
        if (file.equals(BackupCommand.PIPE)) {
            return new FileInputStream(FileDescriptor.in);
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw new UnusableBackup("There is no file " + file + ".", missing);
        } catch (IOException unreadable) {
            throw new UnusableBackup("The file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private void report(String what, List<Counted> tables) {
        spec.commandLine().getErr().println(what + ": " + Counted.summary(tables) + ".");
    }
}
