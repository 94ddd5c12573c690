package tv.roster.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `./roster secret …`
@Command(
        name = "secret",
        description = "The installation's secret, which seals cursors and queued links. It is never shown.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./roster secret rotate", "  ./roster secret rotate --overlap 0s"})
final class SecretCommands {
    private static final String SECRETS = "/installation/secrets";

    private final Terminal terminal;

    SecretCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "List the generations of the secret, the newest first.")
    void list(@Mixin Format format) {
        var document = terminal.server().get(SECRETS);
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            table(document);
        }
    }

    @Command(
            name = "rotate",
            description =
                    "Create a new secret; it is used a minute later, and the former ones remain valid for the overlap.")
    void rotate(
            @Mixin Format format,
            @Option(
                            names = "--overlap",
                            paramLabel = "TIME",
                            defaultValue = "7d",
                            description =
                                    "Such as 7d, at most 30d. 0s: use the new one immediately and remove the former ones;"
                                            + " their cursors become invalid, and queued mails are not sent.")
                    String overlap) {
        var attributes =
                Server.object().put("overlap_seconds", Words.duration(overlap).toSeconds());
        var document =
                terminal.server().post("/installation/secret_rotations", "InstallationSecretRotation", attributes);
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            table(allAfter(document));
        }
    }

    /// The rotation has succeeded, even if the list cannot be read.
    private JsonNode allAfter(JsonNode rotation) {
        try {
            return terminal.server().get(SECRETS);
        } catch (Failure failure) {
            throw new Failure(
                    failure.status(),
                    "Generation " + rotation.at("/data/id").asString()
                            + " was created, but the generations could not be read: " + failure.getMessage());
        }
    }

    private void table(JsonNode document) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("GENERATION", "STATUS", "CREATED", "SEALS FROM", "REMOVED"));
        for (var one : document.at("/data")) {
            rows.add(List.of(
                    one.at("/id").asString(),
                    one.at("/attributes/status").asString(),
                    Words.time(one.at("/meta/created_time")),
                    Words.time(one.at("/attributes/sealing_time")),
                    Words.time(one.at("/attributes/removed_time"))));
        }
        terminal.table(rows);
    }
}
