package tv.roster.platform.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.roster.testing.Together;

class MemoryBudgetTest {
    private static final int ALL = 10;
    private static final int HALF = 5;
    private static final int KIB = 1 << 10;
    private static final int ONE = 1;
    private static final int OTHER = 2;

    private final MemoryBudget budget = new MemoryBudget(ALL * KIB);

    @Test
    void oneOwnerHasHalfOfItAndAnotherTheRest() {
        assertThat(budget.tryTake(HALF * KIB, ONE)).isEqualTo(HALF);
        assertThat(budget.tryTake(1, ONE)).isZero();
        assertThat(budget.tryTake(HALF * KIB, OTHER)).isEqualTo(HALF);
        assertThat(budget.tryTake(1, Slots.NONE)).isZero();
        budget.giveBack(HALF, OTHER);
        assertThat(budget.tryTake(1, ONE)).isZero();
        budget.giveBack(HALF, ONE);
        assertThat(budget.tryTake(ALL * KIB, Slots.NONE)).isEqualTo(ALL);
    }

    @Test
    void anOwnerWaitsUntilSomethingOfItsOwnIsGivenBack() {
        int half = budget.take(1 << 30, ONE);
        assertThat(half).isEqualTo(HALF);
        var second = Together.start(() -> budget.take(2 * KIB, ONE));
        assertThat(second).isNotDone();
        budget.giveBack(half, ONE);
        assertThat(second.join()).isEqualTo(2);
        budget.giveBack(2, ONE);
        assertThat(budget.tryTake(ALL * KIB, Slots.NONE)).isEqualTo(ALL);
    }

    @Test
    void whoFindsNoRoomWaitsUntilSomebodyGivesBack() {
        int all = budget.take(ALL * KIB, Slots.NONE);
        var second = Together.start(() -> budget.take(1, ONE));
        assertThat(second).isNotDone();
        budget.giveBack(all, Slots.NONE);
        assertThat(second.join()).isEqualTo(1);
    }

    @Test
    void whatIsLargerThanTheWholeBudgetTakesAllOfItAndGivesAllBack() {
        budget.giveBack(budget.take(1 << 30, Slots.NONE), Slots.NONE);
        budget.giveBack(budget.take(ALL * KIB, Slots.NONE), Slots.NONE);
    }
}
