package tv.roster.jsonapi;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with a body, so that all of it can be told at once.
public final class Problems {
    private static final int MOST_TOLD = 100;

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (found.size() < MOST_TOLD) {
            found.add(problem);
        }
    }

    public void add(ErrorCode code, String detail, String pointer) {
        add(new Problem(code, detail, Source.pointer(pointer)));
    }

    /// Refuses with all problems that were found, if any.
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal(found);
        }
    }
}
