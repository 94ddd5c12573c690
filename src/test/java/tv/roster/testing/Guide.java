package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A Markdown file with commands: its `sh` blocks, each with the `json` or `text` block that follows it.
public record Guide(List<Step> steps) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\R(.*?)^```$");

    /// Commands, and what they print; `kind` is empty where nothing is said of it.
    public record Step(String commands, String kind, String expected) {}

    public static Guide of(Path file) {
        try {
            var steps = new ArrayList<Step>();
            var block = BLOCK.matcher(Files.readString(file));
            while (block.find()) {
                var kind = block.group(1);
                if (kind.equals("sh")) {
                    steps.add(new Step(block.group(2), "", ""));
                } else if ((kind.equals("json") || kind.equals("text")) && !steps.isEmpty()) {
                    var commands = steps.removeLast().commands();
                    steps.add(new Step(commands, kind, block.group(2)));
                }
            }
            return new Guide(List.copyOf(steps));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
