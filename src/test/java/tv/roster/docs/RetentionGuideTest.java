package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;

/// The guide to limits says of every table how long its rows are kept.
class RetentionGuideTest {
    private static final Pattern CELL_OF_TABLES = Pattern.compile("(?m)^\\| [^|]+ \\| (`[^|]+`) \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    @Test
    void everyTableIsListedOnce() throws IOException {
        var guide = Files.readString(Path.of("docs/limits.md"));
        var section = guide.substring(guide.indexOf("## How long data is kept"), guide.indexOf("## Good to know"));
        var listed = CELL_OF_TABLES
                .matcher(section)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .toList();
        var tables = TestServer.shared().value("""
                select string_agg(c.relname, ' ') from pg_class c
                 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                   and c.relname <> 'flyway_schema_history'""");
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Arrays.asList(tables.split(" ")));
    }
}
