package tv.roster.allocations;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.RawHttp;

/// Keeps whole requests, from socket to socket, from allocating much more than they do. The bounds are about twice
/// what was measured; whoever has to raise one should know why.
@Isolated("what other tests allocate meanwhile would be counted")
class RequestAllocationTest {
    private static final int WARM_UP = 3_000;
    private static final int REPEATS = 1_000;
    private static final int USERS = 51;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newTenant();

    /// What all threads but this one, which is the client, allocate for one of these requests.
    private long bytesOf(String request) {
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            send(connection, request, WARM_UP);
            long all = THREADS.getTotalThreadAllocatedBytes();
            long own = THREADS.getCurrentThreadAllocatedBytes();
            send(connection, request, REPEATS);
            long allocated = THREADS.getTotalThreadAllocatedBytes() - all;
            return (allocated - (THREADS.getCurrentThreadAllocatedBytes() - own)) / REPEATS;
        }
    }

    private static void send(RawHttp connection, String request, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(connection.send(request).read().status()).isEqualTo(200);
        }
    }

    private String request(String line, String body) {
        return line + " HTTP/1.1\r\nHost: tv.example\r\nAuthorization: Apikey " + bss.key() + "\r\n"
                + "Content-Type: application/vnd.api+json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void aGetById() {
        var id = bss.createUser("'name':'Anna','external_id':'cid-1'").id();

        assertThat(bytesOf(request("GET /api/user/management/v4/users/" + id, "")))
                .isLessThan(32_000);
    }

    @Test
    void aPageOf50() {
        for (int i = 0; i < USERS; i++) {
            bss.createUser("'name':'Anna','external_id':'cid-" + i + "'");
        }

        assertThat(bytesOf(request("GET /api/user/management/v4/users?page[size]=50", "")))
                .isLessThan(85_000);
    }

    @Test
    void aPatch() {
        var id = bss.createUser("'name':'Anna','external_id':'cid-1'").id();
        var body = json("{'data':{'type':'User','id':'" + id + "','attributes':{'name':'Anna Virtanen'}}}");

        assertThat(bytesOf(request("PATCH /api/user/management/v4/users/" + id, body)))
                .isLessThan(60_000);
    }
}
