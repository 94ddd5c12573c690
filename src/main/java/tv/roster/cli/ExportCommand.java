package tv.roster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tv.roster.cli.progress.Amounts;

/// `./roster export`
@Command(
        name = "export",
        description = {
            "Export users as CSV or NDJSON, in the form that an import reads, without passwords.",
            "",
            "The tenant is that of the key in ROSTER_API_KEY (else data/demo-key), which needs the scope bulk."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster export > users.csv",
            "  ./roster export --output users.ndjson.gz",
            "  ./roster export --filter user_flags=GOLD,SILVER --filter registration_state=REGISTERED",
            "  ./roster export --fields external_id | sort > known"
        })
final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--format", description = "csv or ndjson; usually what the name of the file says, else csv.")
    private @Nullable String format;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "A filter of the list of users, such as updated_since=1767225600; repeatable.")
    private @Nullable List<String> filters;

    @Option(
            names = "--fields",
            paramLabel = "NAME[,NAME...]",
            description = "Only these attributes, such as external_id,contact_details.")
    private @Nullable String fields;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write, which is replaced when the export is complete; .gz is packed.")
    private @Nullable Path output;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var form = FileFormat.of(format, output == null ? "" : output.toString());
        var download = new Download(terminal, "/exports/users" + query(), form == null ? FileFormat.CSV : form);
        if (output == null) {
            download.print();
        } else {
            terminal.remark(output + ": " + Amounts.bytes(download.save(output)));
        }
        return 0;
    }

    private String query() {
        var parts = new ArrayList<String>();
        for (var filter : filters == null ? List.<String>of() : filters) {
            int equals = filter.indexOf('=');
            if (equals < 1) {
                throw new Failure(Failure.MISUSED, "--filter is NAME=VALUE, not " + filter + ".");
            }
            parts.add("filter%5B" + Server.encoded(filter.substring(0, equals)) + "%5D="
                    + Server.encoded(filter.substring(equals + 1)));
        }
        if (fields != null) {
            parts.add("fields%5BUser%5D=" + Server.encoded(fields));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
