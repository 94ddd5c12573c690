package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.ImportClient.CSV;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.RawHttp;
import tv.roster.testing.TestPostgres;

/// The database is away for a moment while a file arrives, and while it is carried out.
class ImportsInOutagesTest {
    private static final int USERS = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final NetworkBetween network = new NetworkBetween(TestPostgres.newMigratedDatabase());
    private final TestServer server = new TestServer(Map.of(), InstantSource.system(), network.address());
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "bulk");
    private final ImportClient imports = new ImportClient(bss);
    private final ApiClient health = new ApiClient(server.healthUrl(), null);

    @AfterEach
    void close() {
        network.mend();
        server.close();
        network.close();
    }

    private static String file(String name) {
        return IntStream.range(0, USERS)
                .mapToObj(user -> "c" + user + "," + name + "\n")
                .collect(Collectors.joining("", "external_id,name\n", ""));
    }

    private void begin(boolean frozen) {
        if (frozen) {
            network.cut();
        } else {
            TestPostgres.allowConnections(server.database(), false);
        }
        await().atMost(PATIENCE).until(() -> health.get("/health/ready").status() == 503);
    }

    private void end(boolean frozen) {
        if (frozen) {
            network.mend();
        } else {
            TestPostgres.allowConnections(server.database(), true);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatArrivesMeanwhileNeedNotBeSentAgain(boolean frozen) {
        var file = file("Anna");
        int half = file.length() / 2;
        try (var upload = new RawHttp(Integer.parseInt(server.url().replaceAll(".*:", "")))) {
            upload.send(
                    "POST /api/user/management/v4/imports HTTP/1.1\r\nHost: roster.example\r\nAuthorization: Apikey "
                            + bss.key() + "\r\nContent-Type: text/csv\r\nContent-Length: " + file.length() + "\r\n\r\n"
                            + file.substring(0, half));
            await().atMost(PATIENCE)
                    .until(() -> !server.value("select count(*) from import_chunk where tenant_id = ?", tenant)
                            .equals("0"));
            begin(frozen);
            upload.send(file.substring(half, file.length() - 1));
            end(frozen);
            await().atMost(PATIENCE).until(() -> health.get("/health/ready").status() == 200);
            assertThat(upload.send("\n").read().status()).isEqualTo(201);
        }
        await().atMost(PATIENCE)
                .until(() -> server.value("select count(*) from roster_user where tenant_id = ?", tenant)
                        .equals(Integer.toString(USERS)));
    }

    @Test
    void anImportThatRunsMeanwhileGoesOn() {
        imports.counts(imports.send("", CSV, file("Anna")));
        var sent = imports.send("", CSV, file("Berta"));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> imports.show(sent.id()).at("/rows/done").asInt() > 0);
        begin(true);
        end(true);
        await().atMost(PATIENCE).until(() -> health.get("/health/ready").status() == 200);
        assertThat(imports.counts(sent)).isEqualTo(List.of(0, USERS, 0, 0));
        assertThat(server.value("select sum(version) from roster_user where tenant_id = ?", tenant))
                .isEqualTo(Integer.toString(2 * USERS));
    }
}
