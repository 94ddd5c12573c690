package tv.roster.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

class MetricsTest {
    @Test
    void answersAreCountedByRouteAndStatusWithoutIds() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newTenant();
            var user = bss.createUser("'name':'Anna'").id();
            bss.get("/users/" + user);
            bss.get("/users/" + user);
            bss.get("/nowhere/" + user);
            bss.send("BREW", "/users", null);
            server.client("rst_no").get("/users");

            var metrics = new ApiClient(server.healthUrl(), null).get("/metrics");
            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.text())
                    .contains(
                            "roster_http_requests_seconds_count{method=\"GET\","
                                    + "route=\"/api/user/management/v4/users/{user_id}\",status=\"200\"} 2",
                            "method=\"GET\",route=\"none\",status=\"404\"} 1",
                            "method=\"other\",",
                            "roster_refusals_total{code=\"unauthorized\"} 1",
                            "roster_refusals_total{code=\"internal\"} 0",
                            "roster_database_statements_total",
                            "jvm_memory_used_bytes")
                    .doesNotContain(user, bss.key(), bss.key().substring(4, 12));
        }
    }

    @Test
    void metricsAreOnThePortForHealthAlone() {
        var server = TestServer.shared();
        assertThat(new ApiClient(server.url(), null).get("/metrics").status()).isEqualTo(404);
    }
}
