package tv.roster.bench;

import java.util.Locale;
import java.util.UUID;

/// How the users of a benchmark are numbered: id, external id and address of each follow from one nine-digit key.
///
/// An id has the form of a UUIDv7 whose time is written in decimal digits of the key: so SQL, Lua and pgbench (which
/// computes with integers alone) can name any user without having read it.
public final class Numbers {
    /// The key of the first user; all keys have nine digits.
    public static final long FIRST_KEY = 100_000_000;

    /// How many digits a key has.
    static final int KEY_DIGITS = 9;

    private static final long KEYS = 900_000_000;

    private Numbers() {}

    /// The distance of two keys, so that `users` of them are spread over 15 months.
    public static long step(long users) {
        return KEYS / users;
    }

    /// What the row is, when several rows go by one key.
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

    /// Whose keys these are; their ids begin with different hours of history.
    public enum Range {
        /// There from the start.
        LOADED("019", "CID"),
        /// Made by the statements of pgbench.
        CREATED("01a", "NEW"),
        /// Added before a round, to be deleted in it.
        VICTIM("01b", "VIC");

        private final String firstDigits;
        private final String externalId;

        Range(String firstDigits, String externalId) {
            this.firstDigits = firstDigits;
            this.externalId = externalId;
        }

        /// What stands before the key in the id's 32 digits.
        public String firstDigits() {
            return firstDigits;
        }

        /// What the external ids begin with.
        public String externalId() {
            return externalId;
        }
    }

    /// What stands behind the key in the id's 32 digits. `run` has at most 12 digits.
    public static String lastDigits(Kind kind, long run) {
        return String.format(Locale.ROOT, "%s8000%012d", kind.digits(), run);
    }

    /// An id; `run` tells apart what is made with the same key again.
    public static UUID id(Range range, long key, Kind kind, long run) {
        var digits = range.firstDigits() + key + lastDigits(kind, run);
        return UUID.fromString(digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
}
