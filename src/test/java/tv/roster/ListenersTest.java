package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.testing.AdminClient.document;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.cli.Commands;
import tv.roster.testing.ApiClient;

class ListenersTest {
    @Test
    void theAdminApiIsOnItsOwnPortAloneWhenItHasOne() {
        try (var server = new TestServer(Map.of("ROSTER_ADMIN_PORT", "0"), InstantSource.system())) {
            assertThat(server.adminUrl()).isNotEqualTo(server.url());
            assertThat(server.admin().get("/tenants").status()).isEqualTo(200);
            assertThat(statusOf(server.url() + "/api/admin/v1/tenants")).isEqualTo(404);
            assertThat(statusOf(server.adminUrl() + "/api/user/management/v4/users"))
                    .isEqualTo(404);
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndEndsTheStart() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var settings = Map.of("ROSTER_HOST", "127.0.0.1", "ROSTER_PORT", String.valueOf(taken.getLocalPort()));
            assertThatThrownBy(() -> new TestServer(settings, InstantSource.system()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    /// Sent past the description of the API, which does not tell ports apart.
    private static int statusOf(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void commandsFollowThePagesOfAServerBehindAPublicUrlWithAPath() {
        var settings = Map.of("ROSTER_PUBLIC_URL", "https://roster.example/base", "ROSTER_PORT", "0");
        try (var server = new TestServer(settings, InstantSource.system())) {
            for (int i = 0; i < 1001; i++) {
                server.execute(
                        "insert into tenant (id, slug, name, updated_time) values (gen_random_uuid(), ?, 'T', 0)",
                        "t" + i);
            }
            var out = new StringWriter();
            int status = Commands.run(
                    new String[] {"tenant", "list"},
                    Map.of("ROSTER_DATA", server.data().toString()),
                    new PrintWriter(out),
                    new PrintWriter(new StringWriter()),
                    Map.of());
            assertThat(status).isZero();
            assertThat(out.toString().lines()).hasSize(1 + 1 + 1001);
            assertThat(server.admin()
                            .post("/tenants", document("Tenant", "'slug':'north','name':'N'"))
                            .header("Location"))
                    .startsWith("https://roster.example/base/api/admin/v1/tenants/");
        }
    }

    @Test
    void pagesCarryTheHeadersThatKeepThemSafe() {
        var page = new ApiClient(TestServer.shared().url(), null).get("/errors");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void whereTheServerIsIsToldWhileItRunsAndNoLonger() {
        var server = new TestServer(Map.of(), InstantSource.system());
        assertThat(server.data().resolve("server-url")).content().startsWith(server.url());
        server.close();
        assertThat(Files.exists(server.data().resolve("server-url"))).isFalse();
    }
}
