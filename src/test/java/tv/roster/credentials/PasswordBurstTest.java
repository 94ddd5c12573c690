package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

class PasswordBurstTest {
    private static final String BODY = "{'data':{'type':'User','meta':{'security':{'user_password':'three birds'}}}}";

    @Test
    void ofMorePasswordsThanFitEachIsStoredOrRefusedForNow() throws Exception {
        try (var server = new TestServer(
                Map.of("ROSTER_HASHING_THREADS", "1", "ROSTER_HASHING_WAITING", "3"), InstantSource.system())) {
            var tenant = server.addTenant();
            var bss = server.newKey(tenant, "users:read", "users:write");
            var answers = burst(bss, 40);
            assertThat(answers).extracting(Response::status).containsOnly(201, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 503)
                    .allSatisfy(
                            answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
            assertThat(stored(server, tenant))
                    .isEqualTo(answers.stream()
                            .filter(answer -> answer.status() == 201)
                            .count());
        }
    }

    @Test
    void aBurstThatFitsIsAbsorbed() throws Exception {
        var server = TestServer.shared();
        var tenant = server.addTenant();
        var answers = burst(server.newKey(tenant, "users:read", "users:write"), 12);
        assertThat(answers).extracting(Response::status).containsOnly(201);
        assertThat(stored(server, tenant)).isEqualTo(12);
    }

    private static List<Response> burst(ApiClient bss, int size) throws Exception {
        Callable<Response> create = () -> bss.post("/users", BODY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, size).mapToObj(at -> create).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static long stored(TestServer server, UUID tenant) {
        return Long.parseLong(server.value("select count(*) from roster_user where tenant_id = ?", tenant));
    }
}
