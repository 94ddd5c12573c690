package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.roster.privacy.OtherData.Reason;
import tv.roster.privacy.PersonalData.Exported;

/// The tables of docs/privacy.md are what [PersonalData] and [OtherData] say.
class PrivacyGuideTest {
    private static String record(List<PersonalData> all) {
        var tables = new LinkedHashMap<String, List<PersonalData>>();
        all.forEach(data -> tables.computeIfAbsent(
                data.table(),
                _ -> all.stream()
                        .filter(other -> other.table().equals(data.table()))
                        .toList()));
        return tables.values().stream().map(PrivacyGuideTest::table).collect(Collectors.joining("\n"));
    }

    private static String table(List<PersonalData> columns) {
        var first = columns.getFirst();
        return """
                ### `%s`

                Why: %s. How long: %s. Erased as `%s`.

                | data | column | in the export |
                |---|---|---|
                %s
                """.formatted(
                        first.table(),
                        first.why(),
                        first.kept(),
                        first.erased().word(),
                        columns.stream().map(PrivacyGuideTest::row).collect(Collectors.joining("\n")));
    }

    private static String row(PersonalData data) {
        return "| %s | `%s` | %s |"
                .formatted(
                        data.what(),
                        data.column(),
                        switch (data.exported()) {
                            case Exported.At(String member) -> "`" + member + "`";
                            case Exported.Not(String reason) -> reason;
                        });
    }

    private static String others() {
        return Arrays.stream(Reason.values())
                .map(reason -> "| %s | %s |".formatted(reason.words(), columns(reason)))
                .collect(Collectors.joining("\n", "| what they are | columns |\n|---|---|\n", "\n"));
    }

    private static String columns(Reason reason) {
        return OtherData.ALL.stream()
                .filter(data -> data.reason() == reason)
                .map(data -> "`" + data.table() + "`: " + data.columns().replace(" ", ", "))
                .collect(Collectors.joining("; "));
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("docs", "privacy.md"));
    }

    @Test
    void hasTheRecordOfProcessing() throws IOException {
        var record = record(PersonalData.ALL);
        assertThat(guide())
                .as("docs/privacy.md has to contain this, below its introduction:\n\n%s", record)
                .contains(record);
    }

    @Test
    void hasTheColumnsThatSayNothingAboutAPerson() throws IOException {
        assertThat(guide())
                .as("docs/privacy.md has to contain this:\n\n%s", others())
                .contains(others());
    }

    @Test
    void theColumnsOfATableAreKeptForOneReasonAndErasedAtOnePlace() {
        for (var data : PersonalData.ALL) {
            var alike = PersonalData.ALL.stream()
                    .filter(other -> other.table().equals(data.table()))
                    .map(other -> List.of(other.why(), other.kept(), other.erased()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            assertThat(alike).as(data.table()).hasSize(1);
        }
    }
}
