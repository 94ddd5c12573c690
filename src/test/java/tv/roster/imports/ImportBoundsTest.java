package tv.roster.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.ImportClient.CSV;
import static tv.roster.testing.ImportClient.NDJSON;

import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Json;

/// What a file can make the server hold, and what it shows of a file that it rejects.
class ImportBoundsTest {
    private final UUID tenant = TestServer.shared().addTenant("GOLD");
    private final ApiClient bss = TestServer.shared().newKey(tenant, "users:read", "bulk");
    private final ImportClient imports = new ImportClient(bss);

    @Test
    void rowsWithAHundredProblemsEachAreListedWithTheFirstOfThem() {
        var row = Json.json("{'attributes':{'user_flags':["
                + String.join(",", Collections.nCopies(100, "'NOT_IN_THE_CATALOGUE'")) + "]}}");
        int rows = 1_500;
        var sent = imports.send("", NDJSON, String.join("\n", Collections.nCopies(rows, row)));
        assertThat(imports.finished(sent).at("/rows/rejected").asInt()).isEqualTo(rows);
        var rejected = imports.rejected(sent);
        assertThat(rejected).hasSize(rows);
        assertThat(rejected).allSatisfy(one -> {
            assertThat(one.at("/errors").size()).isBetween(1, 100);
            assertThat(one.at("/errors").toString().length()).isLessThan(20_000);
        });
    }

    @Test
    void rowsOfTheLimitAreReadAndLongerOnesRejected() {
        var longest = Json.json("{'attributes':{'external_id':'longest'}}");
        var file = longest + " ".repeat(65_536 - longest.length()) + "\r\n"
                + longest.replace("longest", "longer!") + " ".repeat(65_537 - longest.length()) + "\n"
                + longest.replace("longest", "another");
        var sent = imports.send("", NDJSON, file);
        assertThat(imports.finished(sent).at("/rows/created").asInt()).isEqualTo(2);
        var rejected = imports.rejected(sent);
        assertThat(rejected).hasSize(1);
        assertThat(rejected.getFirst().path("line").asInt()).isEqualTo(2);
        assertThat(rejected.getFirst().at("/errors/0/code").asString()).isEqualTo("too_long");
        assertThat(rejected.getFirst().path("row").isNull()).isTrue();
    }

    @Test
    void whateverIsInPlaceOfSecretsIsHidden() {
        var sent = imports.sendRows(
                "",
                "{'meta':{'security':'correct horse'}}",
                "{'meta':{'security':['correct horse']}}",
                "{'meta':{'security':{'kennwort':'correct horse'}}}",
                "{'meta':{'security':{'user_password':{'a':['correct horse']}}}}",
                "{'passwords':['correct horse',{'b':'correct horse'}]}");
        imports.finished(sent);
        var shown = bss.get("/imports/" + sent.id() + "/rejected_rows").text();
        assertThat(shown.lines()).hasSize(5);
        assertThat(shown).doesNotContain("horse");
    }

    @Test
    void aFileWithoutHeaderLineIsRefusedWithoutItsValues() {
        var sent = imports.send("", CSV, "c1,Anna,anna@example.com," + "s3cret".repeat(20) + "\n");
        assertThat(sent.code()).isEqualTo("unknown_member");
        assertThat(sent.text()).doesNotContain("s3cret".repeat(10));
    }

    @Test
    void flagsOfBlanksAreNotSent() {
        imports.finished(imports.send("", CSV, "external_id,user_flags\nc1,GOLD\n"));
        var sent = imports.send("", CSV, "external_id,user_flags\nc1,  \n");
        assertThat(imports.finished(sent).at("/rows/unchanged").asInt()).isEqualTo(1);
    }
}
