package tv.roster.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The command-line options of a benchmark.
record Options(
        List<Long> users,
        int rounds,
        int seconds,
        int warmup,
        int connections,
        int threads,
        List<Workload> workloads,
        boolean extras,
        Optional<Path> data,
        Optional<Workload> profile,
        boolean bulk,
        boolean events,
        boolean quick) {
    static final String USAGE = """
            Usage: ./roster bench [OPTION…]

              --users N[,N…]     users to load (1000000); rounds of several numbers alternate
              --rounds N         rounds of each workload, HTTP and pgbench alternating (10)
              --seconds S        seconds of a round (3)
              --warmup S         seconds of each workload before its first round (20)
              --connections N    connections of wrk (64)
              --threads N        threads of wrk (1)
              --only W[,W…]      only these workloads, without startup, steady load and overload
              --bulk             imports and exports instead, in at most 3 rounds
              --events           the feed of events and webhooks instead, in at most 3 rounds
              --data FOLDER      keep the data in FOLDER-<users>, and reuse it if it exists
              --quick            a smoke test: 10000 users, 1 round of 2 seconds
              --profile W        profile the server's CPU time and memory instead (JFR)
              --chart            only redraw bench/results/cost.svg
              --micro [JMH…]     micro-benchmarks of the hot steps; arguments are passed to JMH

            Workloads: %s
            """.formatted(String.join(
            " ", Arrays.stream(Workload.values()).map(Workload::word).toList()));

    /// Reads the arguments.
    ///
    /// @throws IllegalArgumentException with a message for the user
    static Options parse(String[] arguments) {
        var left = new ArrayDeque<>(List.of(arguments));
        var found = new Builder();
        while (!left.isEmpty()) {
            found.take(left.removeFirst(), left);
        }
        return found.build();
    }

    private static final class Builder {
        private final List<Long> users = new ArrayList<>();
        private int rounds;
        private int seconds;
        private int warmup = -1;
        private int connections = 64;
        private int threads = 1;
        private List<Workload> workloads = List.of(Workload.values());
        private boolean extras = true;
        private Optional<Path> data = Optional.empty();
        private Optional<Workload> profile = Optional.empty();
        private boolean bulk;
        private boolean events;
        private boolean quick;

        void take(String option, Deque<String> left) {
            switch (option) {
                case "--users" ->
                    value(option, left).forEach(text -> users.add((long) number(option, text, 2_000, 50_000_000)));
                case "--rounds" -> rounds = number(option, value(option, left).getFirst(), 1, 99);
                case "--seconds" -> seconds = number(option, value(option, left).getFirst(), 1, 600);
                case "--warmup" -> warmup = number(option, value(option, left).getFirst(), 0, 600);
                case "--connections" ->
                    connections = number(option, value(option, left).getFirst(), 2, 5_000);
                case "--threads" -> threads = number(option, value(option, left).getFirst(), 1, 64);
                case "--only" -> {
                    workloads =
                            value(option, left).stream().map(Workload::named).toList();
                    extras = false;
                }
                case "--data" ->
                    data = Optional.of(Path.of(value(option, left).getFirst()).toAbsolutePath());
                case "--profile" ->
                    profile = Optional.of(Workload.named(value(option, left).getFirst()));
                case "--bulk" -> bulk = true;
                case "--events" -> events = true;
                case "--quick" -> quick = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }

        private static List<String> value(String option, Deque<String> left) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return List.of(left.removeFirst().split(",", -1));
        }

        private static int number(String option, String text, int least, int most) {
            int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            if (number < least || number > most) {
                throw new IllegalArgumentException(option + " takes a number from " + least + " to " + most);
            }
            return number;
        }

        Options build() {
            return new Options(
                    users.isEmpty() ? List.of(quick || profile.isPresent() ? 10_000L : 1_000_000L) : users,
                    rounds > 0 ? rounds : quick ? 1 : 10,
                    seconds > 0 ? seconds : quick ? 2 : 3,
                    warmup >= 0 ? warmup : quick ? 1 : 20,
                    connections,
                    threads,
                    workloads,
                    extras,
                    data,
                    profile,
                    bulk,
                    events,
                    quick);
        }
    }
}
