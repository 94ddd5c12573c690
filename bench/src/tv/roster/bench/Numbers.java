package tv.roster.bench;

import java.util.Locale;
import java.util.UUID;

/// The numbering of a benchmark's users: id, external id and e-mail address are derived from a nine-digit key.
///
/// An id is a UUIDv7 whose time contains the decimal digits of the key, so that SQL, Lua and pgbench (which
/// computes only with integers) can address any user without looking it up.
public final class Numbers {
    /// The key of the first user; all keys have nine digits.
    public static final long FIRST_KEY = 100_000_000;

    /// The number of digits of a key.
    static final int KEY_DIGITS = 9;

    private static final long KEYS = 900_000_000;

    private Numbers() {}

    /// The distance between two keys, so that this number of users is spread over 15 months.
    public static long step(long users) {
        return KEYS / users;
    }

    /// The kind of a row, since several rows share a key.
    public enum Kind {
        USER("7000"),
        PROFILE("7001"),
        EVENT("7002");

        private final String digits;

        Kind(String digits) {
            this.digits = digits;
        }

        /// Four of the id's 32 digits.
        public String digits() {
            return digits;
        }
    }

    /// The set of users that keys belong to; the ids of each begin with another time.
    public enum Range {
        /// Loaded before the measurements.
        LOADED("019", "CID"),
        /// Created by the statements of pgbench.
        CREATED("01a", "NEW"),
        /// Added before a round that deletes them.
        VICTIM("01b", "VIC"),
        /// Sent as a file.
        IMPORTED("01c", "IMP");

        private final String firstDigits;
        private final String externalId;

        Range(String firstDigits, String externalId) {
            this.firstDigits = firstDigits;
            this.externalId = externalId;
        }

        /// The digits before the key in the id's 32 digits.
        public String firstDigits() {
            return firstDigits;
        }

        /// The prefix of the external ids.
        public String externalId() {
            return externalId;
        }
    }

    /// The digits after the key in the id's 32 digits. `run` has at most 12 digits.
    public static String lastDigits(Kind kind, long run) {
        return String.format(Locale.ROOT, "%s8000%012d", kind.digits(), run);
    }

    /// An id; `run` distinguishes rows created with the same key.
    public static UUID id(Range range, long key, Kind kind, long run) {
        var digits = range.firstDigits() + key + lastDigits(kind, run);
        return UUID.fromString(digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
}
