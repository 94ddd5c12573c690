package tv.roster.platform.database;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a connection is for. Each purpose has connections of its own, so that none stands in line behind another.
///
/// What may write has a lease: PostgreSQL itself ends a session that it hears nothing of. Whatever was sent to a
/// session that can no longer be reached is therefore either done or dropped before the caller is told that its outcome
/// is unknown; docs/decisions/0021-nothing-happens-later.md has the reckoning.
enum Lane {
    /// Single statements that only read.
    READING(true, 64, 3_000, 3_500),

    /// Single statements that may write.
    WRITING(false, 64, Lane.LONGEST_WRITE_MS, Lane.SETTLED_MS),

    /// Transactions, one at a time on a connection.
    TRANSACTIONS(false, 1, Lane.LONGEST_WRITE_MS, Lane.SETTLED_MS),

    /// Lists, one at a time on a connection.
    LISTS(true, 1, 3_000, 5_000),

    /// What the server itself has to know in time.
    HOUSEKEEPING(false, 8, 1_500, 2_000);

    /// How long PostgreSQL works on one statement that may write.
    private static final int LONGEST_WRITE_MS = 9_000;

    /// How long PostgreSQL keeps a session without a word, inside of a transaction and outside.
    private static final int LEASE_MS = 5_000;

    /// Longer than the lease and the longest write together: what has no answer by then will never happen.
    private static final int SETTLED_MS = 15_000;

    /// Of one owner on a connection, on average: enough to keep all of them busy.
    static final int PLACES_OF_ONE = 16;

    private static final int MOST_WAITING_LISTS = 100;

    private final boolean readOnly;
    private final int depth;
    private final int longestMs;
    private final int patienceMs;

    Lane(boolean readOnly, int depth, int longestMs, int patienceMs) {
        this.readOnly = readOnly;
        this.depth = depth;
        this.longestMs = longestMs;
        this.patienceMs = patienceMs;
    }

    /// Whether a statement may be sent again when nobody knows what became of it.
    boolean onlyReads() {
        return readOnly || this == HOUSEKEEPING;
    }

    /// How many statements a connection may have under way.
    int depth() {
        return depth;
    }

    /// How many places of so many connections one owner (a tenant, or a key that administers) may have at once. When
    /// its statements wait for each other, such as many changes of one user, others still find a free connection.
    int shareOfOne(int connections) {
        return depth == 1 ? Math.max(1, connections / 2) : connections * PLACES_OF_ONE;
    }

    /// How many statements of one owner may wait for a place. Lists are few and slow; how many others come at once is
    /// limited where requests come in.
    int mostWaitingOfOne() {
        return this == LISTS ? MOST_WAITING_LISTS : Integer.MAX_VALUE;
    }

    /// How long PostgreSQL may work on a statement, in seconds.
    int longestSeconds() {
        return longestMs / 1_000;
    }

    /// How long an answer is waited for; then the connection is given up.
    long patienceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(patienceMs);
    }

    /// The name of such sessions in `pg_stat_activity`.
    String applicationName() {
        return "roster " + name().toLowerCase(Locale.ROOT);
    }

    /// PostgreSQL's settings for such a session.
    Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        properties.put("statement_timeout", Integer.toString(longestMs));
        if (readOnly) {
            properties.put("default_transaction_read_only", "on");
            // One list never takes more than one processor.
            properties.put("max_parallel_workers_per_gather", "0");
        } else {
            properties.put("idle_session_timeout", Integer.toString(LEASE_MS));
            properties.put("idle_in_transaction_session_timeout", Integer.toString(LEASE_MS));
            // A statement whose client is gone ends, whatever lock it waits for.
            properties.put("client_connection_check_interval", "1000");
            properties.put("tcp_keepalives_idle", "2");
            properties.put("tcp_keepalives_interval", "1");
            properties.put("tcp_keepalives_count", "3");
            properties.put("tcp_user_timeout", "5000");
        }
        return properties;
    }
}
