package tv.roster.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

class LookupsTest {
    private static final int TOGETHER = 40;

    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, TestServer.shared().database(), 2);

    @AfterEach
    void close() {
        database.close();
        loops.close();
    }

    /// Starts all of it in one turn of the loop.
    private <T> List<CompletableFuture<T>> atOnce(IntFunction<T> work) {
        var results = new ArrayList<CompletableFuture<T>>();
        for (int number = 0; number < TOGETHER; number++) {
            results.add(new CompletableFuture<>());
        }
        var loop = loops.loop(0);
        loop.netty().execute(() -> {
            for (int number = 0; number < TOGETHER; number++) {
                int own = number;
                loop.start(() -> results.get(own).completeAsync(() -> work.apply(own), Runnable::run));
            }
        });
        return results;
    }

    private Row lookUp(String sql, int number) {
        return database.lookUp(sql, number).orElseThrow();
    }

    @Test
    void whatComesTogetherIsOneTransactionForEvery32() {
        var began = new HashSet<Object>();
        var results = atOnce(number -> lookUp("select now() as began, $1::int4 as number", number));
        for (int number = 0; number < TOGETHER; number++) {
            var row = results.get(number).join();
            assertThat(row.getInteger("number")).isEqualTo(number);
            began.add(row.getOffsetDateTime("began"));
        }
        assertThat(began).hasSize(2);
    }

    @Test
    void whereOneFailsTheOthersAreAnswered() {
        var results = atOnce(number -> lookUp("select 12 / $1::int4 as share", number));
        assertThatThrownBy(results.getFirst()::join).hasMessageContaining("22012");
        for (int number = 1; number < TOGETHER; number++) {
            assertThat(results.get(number).join().getInteger("share")).isEqualTo(12 / number);
        }
    }

    @Test
    void whereNothingIsFoundTheNextOnesRowIsNotTaken() {
        var results = atOnce(number -> database.lookUp("select $1::int4 as number where $1 % 2 = 0", number));
        for (int number = 0; number < TOGETHER; number++) {
            assertThat(results.get(number).join().map(row -> row.getInteger("number")))
                    .isEqualTo(number % 2 == 0 ? Optional.of(number) : Optional.empty());
        }
    }

    @Test
    void callsOfManyTenantsAtOnceGetTheirOwnUsers() {
        var tenants =
                List.of(TestServer.shared().newTenant(), TestServer.shared().newTenant());
        var users = IntStream.range(0, TOGETHER)
                .mapToObj(number -> tenants.get(number % 2).createUser("'name':'User " + number + "'"))
                .toList();
        var answers = Together.run(
                4 * TOGETHER,
                number -> tenants.get(number / TOGETHER % 2)
                        .get("/users/" + users.get(number % TOGETHER).id()));
        for (int number = 0; number < answers.size(); number++) {
            Response answer = answers.get(number);
            boolean own = number / TOGETHER % 2 == number % TOGETHER % 2;
            assertThat(answer.status()).isEqualTo(own ? 200 : 404);
            if (own) {
                assertThat(answer.textAt("/data/attributes/name")).isEqualTo("User " + number % TOGETHER);
            }
        }
    }
}
