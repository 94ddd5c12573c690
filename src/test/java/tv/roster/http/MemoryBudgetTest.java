package tv.roster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.roster.testing.Together;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(10 << 10);

    @Test
    void whoFindsNoRoomWaitsUntilSomebodyGivesBack() {
        int all = budget.take(10 << 10);
        var second = Together.start(() -> budget.take(1));
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
