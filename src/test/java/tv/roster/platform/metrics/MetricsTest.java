package tv.roster.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Scrape;

class MetricsTest {
    private static final TestServer SERVER = new TestServer(Map.of(), InstantSource.system());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Scrape scrape() {
        return Scrape.of(SERVER.healthUrl());
    }

    @Test
    void responsesAreCountedByRouteMethodAndClassOfStatus() {
        var bss = SERVER.newTenant();
        var user = bss.createUser("'name':'Anna'").id();
        var reads = Map.of("method", "GET", "route", "/api/user/management/v4/users/{user_id}", "status", "2xx");
        double before = scrape().value("roster_http_request_duration_seconds_count", reads);

        bss.get("/users/" + user);
        bss.get("/users/" + user);

        assertThat(scrape().value("roster_http_request_duration_seconds_count", reads) - before)
                .isEqualTo(2);
    }

    @Test
    void whateverClientsSendAddsNoLabels() {
        var bss = SERVER.newTenant();
        for (int i = 0; i < 50; i++) {
            bss.get("/nowhere-" + i + "/" + i);
            bss.get("/users/unknown-" + i);
            bss.send("BREW" + i, "/users", null);
            SERVER.client("rst_no" + i).get("/users?x=" + i);
        }

        var scrape = scrape();
        assertThat(scrape.labels("method"))
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other");
        assertThat(scrape.labels("status")).isSubsetOf("1xx", "2xx", "3xx", "4xx", "5xx");
        assertThat(scrape.labels("route")).allMatch(route -> route.startsWith("/") || route.equals("none"));
        assertThat(scrape.text())
                .doesNotContain(
                        "nowhere-", "unknown-", "BREW", bss.key(), bss.key().substring(4, 12));
        assertThat(scrape.value("roster_failed_authentications_total")).isGreaterThanOrEqualTo(50);
        assertThat(scrape.value("roster_refusals_total", Map.of("code", "unauthorized")))
                .isGreaterThanOrEqualTo(50);
    }

    @Test
    void bytesOfBodiesAreCounted() {
        var route = Map.of("route", "/api/user/management/v4/users");
        var bss = SERVER.newTenant();
        double before = scrape().value("roster_http_request_bytes_total", route);
        bss.createUser("'name':'" + "A".repeat(100) + "'");

        assertThat(scrape().value("roster_http_request_bytes_total", route) - before)
                .isGreaterThan(100);
        assertThat(scrape().value("roster_http_response_bytes_total", route)).isGreaterThan(100);
    }

    @Test
    void connectionsAreThoseThatPostgresqlHas() {
        SERVER.newTenant().createUser("'name':'Anna'");
        Awaitility.await().untilAsserted(() -> {
            double counted = scrape().sum("roster_database_connections");
            assertThat(SERVER.value("""
                    select count(*) from pg_stat_activity
                     where datname = current_database() and application_name like 'roster %'""")).isEqualTo(Long.toString((long) counted));
        });
        assertThat(scrape().sum("roster_database_connections_limit"))
                .isGreaterThanOrEqualTo(scrape().sum("roster_database_connections"));
    }

    @Test
    void statementsAreCountedByPurposeAndOutcome() {
        var bss = SERVER.newTenant();
        var written = Map.of("purpose", "writing", "outcome", "ok");
        var rejected = Map.of("purpose", "writing", "outcome", "rejected");
        double before = scrape().value("roster_database_statements_total", written);
        double rejectedBefore = scrape().value("roster_database_statements_total", rejected);
        bss.createUser("'name':'Anna','external_id':'one'");
        assertThat(bss.post("/users", "{'data':{'type':'User','attributes':{'name':'Bo','external_id':'one'}}}")
                        .status())
                .isEqualTo(409);

        assertThat(scrape().value("roster_database_statements_total", written)).isGreaterThan(before);
        assertThat(scrape().value("roster_database_statements_total", rejected)).isGreaterThan(rejectedBefore);
    }

    @Test
    void figuresDoNotVanishWhenMemoryIsCollected() {
        SERVER.newTenant().createUser("'name':'Anna'");
        System.gc();

        assertThat(scrape().sum("roster_database_statements_total")).isPositive();
        assertThat(scrape().sum("roster_directory_keys")).isPositive();
    }

    @Test
    void metricsAreOnThePortForHealthAlone() {
        var server = TestServer.shared();
        assertThat(new ApiClient(server.url(), null).get("/metrics").status()).isEqualTo(404);
    }
}
