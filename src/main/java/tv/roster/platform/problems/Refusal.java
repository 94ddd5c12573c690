package tv.roster.platform.problems;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The only way to reject a request: the problems to report, all with the same status, and the headers that belong
/// to them.
public class Refusal extends RuntimeException {
    /// The `Retry-After` of errors whose cause is the server, unless the refusal specifies another one.
    private static final String SOON = "1";

    private final transient List<Problem> problems;
    private final transient Map<String, String> headers;

    public Refusal(List<Problem> problems, Map<String, String> headers) {
        super(problems.getFirst().detail(), null, false, false);
        this.problems = List.copyOf(problems);
        this.headers = Map.copyOf(status(problems) < 500 ? headers : withWait(headers));
    }

    private static Map<String, String> withWait(Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.putIfAbsent("Retry-After", SOON);
        return all;
    }

    public Refusal(List<Problem> problems) {
        this(problems, Map.of());
    }

    public Refusal(Problem problem) {
        this(List.of(problem));
    }

    public Refusal(ErrorCode code, String detail, Source source) {
        this(new Problem(code, detail, source));
    }

    public Refusal(ErrorCode code, String detail, Member member) {
        this(code, detail, Source.member(member));
    }

    public Refusal(ErrorCode code, String detail) {
        this(new Problem(code, detail));
    }

    /// The same with the blamed members replaced by their places.
    public Refusal in(Places places) {
        return problems.stream().allMatch(problem -> problem.source().member() == null)
                ? this
                : new Refusal(
                        problems.stream().map(problem -> problem.in(places)).toList(), headers);
    }

    public List<Problem> problems() {
        return problems;
    }

    /// Headers of the response, such as `Allow`; for statuses from 500 always including `Retry-After`.
    public Map<String, String> headers() {
        return headers;
    }

    /// The HTTP status of the response: that of the first problem.
    public int status() {
        return status(problems);
    }

    private static int status(List<Problem> problems) {
        return problems.getFirst().code().status();
    }
}
