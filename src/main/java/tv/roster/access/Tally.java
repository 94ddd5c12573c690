package tv.roster.access;

/// The number of rejected requests since the last entry, the times of the first and the last one, and when the next
/// entry is due; times in epoch seconds.
record Tally(long count, long firstTime, long lastTime, long due) {
    Tally and(Tally other) {
        long first = count == 0 ? other.firstTime : Math.min(firstTime, other.firstTime);
        return new Tally(count + other.count, first, Math.max(lastTime, other.lastTime), due);
    }

    static Tally none(long due) {
        return new Tally(0, 0, 0, due);
    }
}
