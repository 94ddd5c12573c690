package tv.roster;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the tests themselves look like.
class TestSourcesTest {
    private static final Pattern ESCAPED_MEMBER = Pattern.compile("\\\\\"[^\" ]*\\\\\" ?:");

    @Test
    void jsonHasNoEscapedQuotes() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var lines = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(TestSourcesTest::escapedMembers)
                    .collect(joining("\n"));
            assertThat(lines)
                    .as("JSON with escaped quotes; write {'name':'Anna'} and see tv.roster.testing.Json")
                    .isEmpty();
        }
    }

    private static Stream<String> escapedMembers(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size())
                    .filter(at -> ESCAPED_MEMBER.matcher(lines.get(at)).find())
                    .mapToObj(at -> file + ":" + (at + 1) + ": " + lines.get(at).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
