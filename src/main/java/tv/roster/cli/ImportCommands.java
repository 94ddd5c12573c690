package tv.roster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tv.roster.cli.progress.Amounts;
import tv.roster.cli.progress.Progress;

/// `./roster import …`
@Command(
        name = "import",
        description = {
            "Import users from a CSV or NDJSON file, and follow the import to its end.",
            "",
            "The tenant is that of the key in ROSTER_API_KEY (else data/demo-key), which needs the scope bulk. Rejected",
            "rows do not stop the others; they are written beside the file, to be mended and imported again. The import",
            "runs on the server: Ctrl-C asks whether to cancel it.",
            "",
            "Exit status: 0 all rows are in, 5 rows were rejected, 6 cancelled or failed, 130 left running with Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster import --template > users.csv",
            "  ./roster import users.csv --dry-run",
            "  ./roster import users.ndjson.gz --mode create",
            "  psql --csv -c \"select …\" | ./roster import - --format csv",
            "  ./roster import --follow 0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de users.csv"
        })
final class ImportCommands implements Callable<Integer> {
    private static final List<String> MODES = List.of("upsert", "create", "update");

    private final Terminal terminal;

    @Mixin
    private final Format output = new Format();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "The file, which may be packed (.gz); - for standard input. With --follow, the one that was sent.")
    private @Nullable String file;

    @Option(names = "--dry-run", description = "Check everything and report it, but change nothing.")
    private boolean dryRun;

    @Option(
            names = "--mode",
            description = "upsert (usual): create unknown external ids and update known ones; create or update only.")
    private @Nullable String mode;

    @Option(names = "--format", description = "csv or ndjson, if the name of the file does not say it.")
    private @Nullable String format;

    @Option(names = "--follow", paramLabel = "ID", description = "Come back to an import.")
    private @Nullable String followed;

    @Option(names = "--template", description = "Print the header line and two example rows.")
    private boolean template;

    ImportCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (template) {
            Template.of(FileFormat.of(format, FileFormat.CSV)).forEach(terminal::say);
            return 0;
        }
        if (file == null && followed == null) {
            throw new Failure(Failure.MISUSED, "Name a file of users, or - for standard input; see --help.");
        }
        var sent = file == null ? null : UserFile.of(file, format);
        try (var interrupts = new Interrupts(terminal)) {
            var ended = ended(sent, interrupts);
            report(ended, sent);
            return ImportRun.status(ended);
        }
    }

    private JsonNode ended(@Nullable UserFile sent, Interrupts interrupts) {
        int columns = terminal.columns();
        var progress = new Progress(terminal.errors(), columns, System::nanoTime);
        var id = followed == null && sent != null ? start(sent, progress, interrupts) : followed;
        return new ImportRun(terminal, String.valueOf(id), progress, interrupts, columns > 0).toItsEnd();
    }

    private String start(UserFile sent, Progress progress, Interrupts interrupts) {
        var query = new ArrayList<String>();
        if (mode != null) {
            if (!MODES.contains(mode)) {
                throw new Failure(Failure.MISUSED, "--mode is upsert, create or update, not " + mode + ".");
            }
            query.add("mode=" + mode);
        }
        if (dryRun) {
            query.add("dry_run=true");
        }
        var document = new Upload(terminal, sent, progress, interrupts).send(String.join("&", query));
        return document.at("/data/id").asString();
    }

    private void report(JsonNode ended, @Nullable UserFile sent) {
        var id = ended.at("/id").asString();
        var rejected = ended.at("/attributes/rows/rejected").asLong(0) == 0 ? null : rejected(id, sent);
        if (output.json(terminal)) {
            terminal.json(ended);
            return;
        }
        terminal.say(outcome(ended) + " (import " + id + ")");
        terminal.say("");
        terminal.table(List.of(COLUMNS, counts(ended)));
        if (rejected != null) {
            terminal.say("");
            terminal.table(rejected.table());
        }
    }

    /// Copies the rejected rows where that can be done; says how to get them otherwise.
    private RejectedRows rejected(String id, @Nullable UserFile sent) {
        if (sent != null && sent.isUnchanged()) {
            return RejectedRows.copied(terminal, id, sent, written -> {
                terminal.remark(
                        "The rejected rows are in " + written.rows() + ", their causes in " + written.causes() + ".");
                terminal.remark("Mend them there, and import " + written.rows() + ".");
            });
        }
        terminal.remark("./roster import rejected " + id + " prints the rejected rows, with *** instead of secrets.");
        return RejectedRows.of(terminal, id);
    }

    private static final List<String> COLUMNS = List.of("ROWS", "CREATED", "UPDATED", "UNCHANGED", "REJECTED");

    private static List<String> counts(JsonNode resource) {
        var rows = resource.at("/attributes/rows");
        return List.of("done", "created", "updated", "unchanged", "rejected").stream()
                .map(name -> Amounts.grouped(rows.at("/" + name).asLong(0)))
                .toList();
    }

    private static String outcome(JsonNode ended) {
        boolean tried = ended.at("/attributes/dry_run").asBoolean(false);
        return switch (ended.at("/attributes/status").asString()) {
            case "COMPLETED" -> tried ? "Dry run: nothing was changed" : "Completed";
            case "CANCELLED" -> "Cancelled; what was done stays";
            default -> "Failed: " + Words.text(ended.at("/attributes/failure"));
        };
    }

    @Command(name = "list", description = "List the imports, newest first.")
    void list(
            @Mixin Format format,
            @Option(
                            names = {"-n", "--first"},
                            defaultValue = "20",
                            description = "How many, 1 to 1000; usually 20.")
                    int most) {
        var page = terminal.ofTenant().get("/imports?page%5Bsize%5D=" + most);
        if (format.json(terminal)) {
            page.at("/data").forEach(one -> terminal.say(one.toString()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "CREATED", "STATUS", "MODE", "ROWS", "DONE", "REJECTED"));
        page.at("/data").forEach(one -> rows.add(row(one)));
        terminal.table(rows);
    }

    private static List<String> row(JsonNode one) {
        var counts = one.at("/attributes/rows");
        return List.of(
                one.at("/id").asString(),
                Words.time(one.at("/attributes/created_time")),
                one.at("/attributes/status").asString().toLowerCase(Locale.ROOT),
                one.at("/attributes/mode").asString()
                        + (one.at("/attributes/dry_run").asBoolean(false) ? ", dry run" : ""),
                counts.at("/total").isNumber()
                        ? Amounts.grouped(counts.at("/total").asLong())
                        : "-",
                Amounts.grouped(counts.at("/done").asLong(0)),
                Amounts.grouped(counts.at("/rejected").asLong(0)));
    }

    @Command(name = "cancel", description = "Stop an import; what was done stays.")
    void cancel(@Mixin Format format, @Parameters(paramLabel = "ID", description = "The import's id.") String id) {
        var cancelled = ImportRun.cancel(terminal, id).at("/data");
        if (format.json(terminal)) {
            terminal.json(cancelled);
        } else {
            terminal.table(List.of(COLUMNS, counts(cancelled)));
        }
    }

    @Command(name = "rejected", description = "Print the rejected rows and their causes, as the server has them.")
    void rejected(
            @Parameters(paramLabel = "ID", description = "The import's id.") String id,
            @Option(names = "--format", description = "ndjson (usual) or csv.") @Nullable String asked) {
        var path = "/imports/" + Server.encoded(id) + "/rejected_rows";
        new Download(terminal, path, FileFormat.of(asked, FileFormat.NDJSON)).print();
    }

    @Command(name = "delete", description = "Delete an import that has ended, with its file and its rejected rows.")
    void delete(@Parameters(paramLabel = "ID", description = "The import's id.") String id) {
        terminal.ofTenant().delete("/imports/" + Server.encoded(id));
        terminal.say("Deleted the import " + id + ".");
    }
}
