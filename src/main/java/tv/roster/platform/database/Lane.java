package tv.roster.platform.database;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The purpose of a connection. Each purpose has its own connections, so that none waits for the statements of
/// another.
///
/// Connections that can write have a lease: PostgreSQL itself ends a session from which it receives nothing. What
/// was sent over a connection that has been lost is therefore either done or dropped by the time the caller
/// receives `outcome_unknown`; docs/decisions/0021-nothing-happens-later.md has the details.
enum Lane {
    /// Single statements that only read.
    READING(true, 64, 3_000, 3_500),

    /// Single statements that can write.
    WRITING(false, 64, Lane.LONGEST_WRITE_MS, Lane.SETTLED_MS),

    /// Transactions, one at a time on a connection.
    TRANSACTIONS(false, 1, Lane.LONGEST_WRITE_MS, Lane.SETTLED_MS),

    /// Lists, one at a time on a connection.
    LISTS(true, 1, 3_000, 5_000),

    /// Queries of the server itself, which must not be delayed.
    HOUSEKEEPING(false, 8, 1_500, 2_000);

    /// The longest time that PostgreSQL works on a statement that can write.
    private static final int LONGEST_WRITE_MS = 9_000;

    /// How long PostgreSQL keeps a session that sends nothing, inside and outside of a transaction.
    private static final int LEASE_MS = 5_000;

    /// Longer than the lease and the longest write together: a statement without a reply by then will not be done
    /// later.
    private static final int SETTLED_MS = 15_000;

    /// The places of one owner on a connection, on average: enough to keep all connections busy.
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

    /// Whether a statement can be sent again if its outcome is unknown.
    boolean onlyReads() {
        return readOnly || this == HOUSEKEEPING;
    }

    /// How many statements can be in progress on a connection.
    int depth() {
        return depth;
    }

    /// How many places one owner (a tenant, or an admin key) can use at once on this number of connections. If its
    /// statements wait for each other, such as many changes of one user, others still find a free connection.
    int shareOfOne(int connections) {
        return depth == 1 ? Math.max(1, connections / 2) : connections * PLACES_OF_ONE;
    }

    /// How many statements of one owner can wait for a place. Lists are few and slow; the number of other
    /// statements is limited by that of requests.
    int mostWaitingOfOne() {
        return this == LISTS ? MOST_WAITING_LISTS : Integer.MAX_VALUE;
    }

    /// How long PostgreSQL can work on a statement, in seconds.
    int longestSeconds() {
        return longestMs / 1_000;
    }

    /// How long to wait for a reply before the connection is given up.
    long patienceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(patienceMs);
    }

    /// The name of these sessions in `pg_stat_activity`.
    String applicationName() {
        return "roster " + name().toLowerCase(Locale.ROOT);
    }

    /// PostgreSQL's settings for these sessions.
    Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        properties.put("statement_timeout", Integer.toString(longestMs));
        // Each statement of a transaction sees what has been committed before it, whatever PostgreSQL is set to.
        properties.put("default_transaction_isolation", "read committed");
        if (readOnly) {
            properties.put("default_transaction_read_only", "on");
            // A single list must not use more than one processor.
            properties.put("max_parallel_workers_per_gather", "0");
        } else {
            properties.put("idle_session_timeout", Integer.toString(LEASE_MS));
            properties.put("idle_in_transaction_session_timeout", Integer.toString(LEASE_MS));
            // Ends a statement whose client has disconnected, whatever lock it is waiting for.
            properties.put("client_connection_check_interval", "1000");
            properties.put("tcp_keepalives_idle", "2");
            properties.put("tcp_keepalives_interval", "1");
            properties.put("tcp_keepalives_count", "3");
            properties.put("tcp_user_timeout", "5000");
        }
        return properties;
    }
}
