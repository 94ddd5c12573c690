package tv.roster.imports;

/// How many rows a file has, and what has become of them so far.
record RowCounts(long total, long done, long created, long updated, long unchanged, long rejected) {
    static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);
}
