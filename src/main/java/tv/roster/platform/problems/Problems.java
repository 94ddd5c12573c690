package tv.roster.platform.problems;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with a body, so that all of it can be told at once: the first 100 problems.
public final class Problems {
    private static final int MOST = 100;

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!areEnough()) {
            found.add(problem);
        }
    }

    /// Whether no more of them are reported. A loop over what a client sent stops here: what it would still find costs
    /// time and is thrown away.
    public boolean areEnough() {
        return found.size() >= MOST;
    }

    public void add(ErrorCode code, String detail, String pointer) {
        add(new Problem(code, detail, Source.pointer(pointer)));
    }

    public void add(ErrorCode code, String detail, Member member) {
        add(new Problem(code, detail, Source.member(member)));
    }

    /// Refuses with all problems that were found, if any.
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal(found);
        }
    }
}
