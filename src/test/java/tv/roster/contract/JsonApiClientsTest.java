package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.NodeTools;
import tv.roster.testing.Program;

/// JSON:API software of others, from npm, reads what every endpoint answers: a validator and a client library.
class JsonApiClientsTest {
    @Test
    void theirSoftwareReadsOurAnswersWithoutComplaint() {
        var bss = TestServer.shared().newTenant("GOLD");
        var paths = new ArrayList<>(DocumentsTest.getAddresses(bss));
        bss.createUser("'name':'Bertil','user_flags':['GOLD']");
        paths.addAll(errors(bss));
        var command = new ArrayList<>(List.of(
                Program.demand("node").toString(), NodeTools.script("read.mjs").toString(), bss.base(), bss.key()));
        command.addAll(paths);
        var run = Program.run(Path.of(""), Map.of(), command);
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output().lines().filter(line -> line.startsWith("read ")))
                .hasSize(paths.size());
    }

    /// Errors of every kind of source that a GET can meet.
    private static List<String> errors(ApiClient bss) {
        assertThat(bss.get("/nothing").status()).isEqualTo(404);
        return List.of(
                "/nothing", "/users/nobody", "/users?sort=age", "/users?page%5Bsize%5D=1001", "/users?nonsense=1");
    }
}
