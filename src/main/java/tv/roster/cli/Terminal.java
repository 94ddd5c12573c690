package tv.roster.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where a command reads its environment and writes its result: tables for people, JSON for scripts.
final class Terminal implements AutoCloseable {
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter errors;
    private final IntSupplier columns;
    private @Nullable Server server;
    private @Nullable Server ofTenant;

    /// @param columns the width of the terminal that `errors` is; 0 if it is none
    Terminal(Map<String, String> environment, PrintWriter out, PrintWriter errors, IntSupplier columns) {
        this.environment = environment;
        this.out = out;
        this.errors = errors;
        this.columns = columns;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter errors() {
        return errors;
    }

    int columns() {
        return columns.getAsInt();
    }

    /// A variable's value, or null if it is unset or empty.
    @Nullable
    String variable(String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// The server's admin API, located when it is first needed.
    Server server() {
        if (server == null) {
            server = Server.ofAdmin(this);
        }
        return server;
    }

    /// The server's User Management API, with a tenant's key, located when it is first needed.
    Server ofTenant() {
        if (ofTenant == null) {
            ofTenant = Server.ofTenant(this);
        }
        return ofTenant;
    }

    @Override
    public void close() {
        for (var open : new Server[] {server, ofTenant}) {
            if (open != null) {
                open.close();
            }
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Says something that is no result, on standard error.
    void remark(String line) {
        errors.println(line);
        errors.flush();
    }

    void json(JsonNode document) {
        say(document.toPrettyString());
    }

    /// Columns as wide as their widest cell, two spaces apart; the first row is the header.
    void table(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int at = 0; at < row.size(); at++) {
                int width = row.get(at).codePointCount(0, row.get(at).length());
                if (at == widths.size()) {
                    widths.add(width);
                }
                widths.set(at, Math.max(widths.get(at), width));
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int at = 0; at < row.size(); at++) {
                line.append(row.get(at));
                int width = row.get(at).codePointCount(0, row.get(at).length());
                line.repeat(' ', widths.get(at) - width + 2);
            }
            say(line.toString().stripTrailing());
        }
    }

    /// Names and values, one pair per line; further lines of a value are aligned with its first.
    void pairs(List<List<String>> pairs) {
        table(pairs.stream()
                .map(pair -> List.of(pair.getFirst() + ":", pair.getLast()))
                .toList());
    }
}
