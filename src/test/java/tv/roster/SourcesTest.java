package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the code looks like where neither the compiler nor [ArchitectureTest] sees it.
class SourcesTest {
    private static final Pattern EVENT_INSERT = Pattern.compile("insert\\s+into\\s+(user|admin)_event\\b");

    private static final Pattern MERGE = Pattern.compile("(?m)^(<{7}|>{7}) ");

    @Test
    void onlyTheEventLogWritesTheInsertOfItsLines() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> EVENT_INSERT.matcher(text(file)).find()))
                    .as("files with an insert of their own into the event log; see tv.roster.events.log.EventLog")
                    .isEmpty();
        }
    }

    /// Browsers skip what they cannot read of a stylesheet, and say nothing.
    @Test
    void noFileHasTheMarksOfAMerge() throws IOException {
        for (var folder : new String[] {"api", "docs", "src"}) {
            try (var files = Files.walk(Path.of(folder))) {
                assertThat(files.filter(file ->
                                        file.toString().matches(".*\\.(java|jte|css|js|md|yaml|sql|properties)"))
                                .filter(file -> MERGE.matcher(text(file)).find()))
                        .isEmpty();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
