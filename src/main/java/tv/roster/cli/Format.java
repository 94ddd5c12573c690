package tv.roster.cli;

import picocli.CommandLine.Option;

/// The option that every command has: prints the server's own document instead of a table.
final class Format {
    @Option(names = "--json", description = "Print JSON for scripts (or set ROSTER_JSON=1).")
    boolean asked;

    boolean json(Terminal terminal) {
        return asked || terminal.variable("ROSTER_JSON") != null;
    }
}
