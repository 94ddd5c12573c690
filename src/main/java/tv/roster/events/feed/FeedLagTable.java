package tv.roster.events.feed;

import tv.roster.platform.sql.Statements;

/// Reads how far transactions of PostgreSQL have ended.
final class FeedLagTable {
    private static final String BOUNDS = """
            select pg_snapshot_xmin(s.now)::text::bigint as oldest, pg_snapshot_xmax(s.now)::text::bigint as beyond
              from (select pg_current_snapshot() as now) s""";

    private FeedLagTable() {}

    /// @param oldest the oldest transaction that is still open
    /// @param beyond the one after the latest that has ended; not more than `oldest` if none has ended after that
    record Bounds(long oldest, long beyond) {}

    static Bounds read(Statements statements) {
        return statements
                .find(BOUNDS)
                .map(row -> new Bounds(row.getLong("oldest"), row.getLong("beyond")))
                .orElseThrow();
    }
}
