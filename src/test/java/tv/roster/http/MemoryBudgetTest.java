package tv.roster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(10 << 10);

    @Test
    void whoFindsNoRoomWaitsUntilSomebodyGivesBack() {
        int all = budget.take(10 << 10);
        var second = CompletableFuture.supplyAsync(() -> budget.take(1));
        assertThat(second).isNotDone();
        budget.giveBack(all);
        assertThat(second.join()).isEqualTo(1);
    }

    @Test
    void whatIsLargerThanTheWholeBudgetTakesAllOfItAndGivesAllBack() {
        budget.giveBack(budget.take(1 << 30));
        budget.giveBack(budget.take(10 << 10));
    }
}
