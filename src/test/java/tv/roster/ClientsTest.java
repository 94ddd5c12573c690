package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.testing.Program;

/// The clients of `docs/clients`, each run by its own runtime, where that is there.
class ClientsTest {
    private static final Path FOLDER = Path.of("docs", "clients");

    @ParameterizedTest
    @CsvSource({"sh, roster.sh", "python3, roster.py", "node, roster.mjs"})
    void clientMakesASubscriberAndListsAll(String runtime, String file) {
        check(Program.demand(runtime).toString(), file);
    }

    @Test
    void javaClientMakesASubscriberAndListsAll() {
        check(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Roster.java");
    }

    private static void check(String runtime, String file) {
        var bss = TestServer.shared().newTenant();
        bss.createUser("'external_id':'10022'");
        var variables = Map.of("ROSTER_URL", TestServer.shared().url(), "KEY", bss.key());
        var run = Program.run(FOLDER, variables, List.of(runtime, file));
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("10022").contains("10023");
        assertThat(bss.get("/users/by_external_id/10023").textAt("/data/attributes/name"))
                .isEqualTo("Anna Virtanen");
    }

    @Test
    void listOfClientsIsComplete() throws Exception {
        var readme = Files.readString(FOLDER.resolve("README.md"));
        var names = Arrays.stream(FOLDER.toFile().list()).collect(Collectors.toSet());
        names.remove("README.md");
        assertThat(names).allMatch(name -> readme.contains("](" + name + ")"));
    }
}
