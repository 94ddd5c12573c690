package tv.roster.platform.problems;

import java.util.ArrayList;
import java.util.List;

/// Collects everything that is wrong with a body, to report it at once: the first 100 problems.
public final class Problems {
    private static final int MOST = 100;

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!areEnough()) {
            found.add(problem);
        }
    }

    /// Whether no more problems are reported. Loops over input stop here, since further problems would be
    /// discarded.
    public boolean areEnough() {
        return found.size() >= MOST;
    }

    public void add(ErrorCode code, String detail, String pointer) {
        add(new Problem(code, detail, Source.pointer(pointer)));
    }

    public void add(ErrorCode code, String detail, Member member) {
        add(new Problem(code, detail, Source.member(member)));
    }

    /// Throws a refusal with all problems, if there are any.
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal(found);
        }
    }
}
