package tv.roster.cli;

import java.io.IOException;
import java.io.Writer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.files.PrivateFiles;

/// Everything about a person, written with line breaks while it arrives, however much it is. A file on disk is
/// complete, or not there.
final class PersonalDataExport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Terminal terminal;
    private final String path;

    PersonalDataExport(Terminal terminal, String path) {
        this.terminal = terminal;
        this.path = path;
    }

    void print() {
        try {
            write(terminal.out());
        } catch (IOException | JacksonException e) {
            throw brokenOff(e, "What was printed is incomplete.");
        }
    }

    /// Writes a file that only its owner can read.
    void save(Path file) {
        var half = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PrivateFiles.FILE);
            try (var out = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
                write(out);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | JacksonException e) {
            throw brokenOff(e, file + " was not written.");
        } finally {
            discard(half);
        }
    }

    private void write(Writer out) throws IOException {
        var server = terminal.ofTenant();
        var response = server.open(server.request(path)
                .header("Accept", "application/vnd.api+json")
                .POST(BodyPublishers.noBody())
                .build());
        try (var body = response.body();
                var parser = JSON.createParser(body)) {
            var generator = JSON.writerWithDefaultPrettyPrinter().createGenerator(out);
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
            }
            generator.flush();
            out.write(System.lineSeparator());
            out.flush();
        }
    }

    private static void discard(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            throw new Failure(Failure.UNREACHABLE, half + " cannot be deleted: " + e.getMessage());
        }
    }

    private static Failure brokenOff(Exception reason, String effect) {
        return new Failure(
                Failure.UNREACHABLE,
                "The export broke off: " + (reason.getMessage() == null ? reason : reason.getMessage()) + ". "
                        + effect);
    }
}
