package tv.roster.operations;

import java.util.function.UnaryOperator;
import tv.roster.platform.problems.Refusal;

/// An operation, and how the door reports its refusals: it adds where in the call they belong.
record Step(Operation operation, UnaryOperator<Refusal> placed) {
    Step with(Operation other) {
        return new Step(other, placed);
    }
}
