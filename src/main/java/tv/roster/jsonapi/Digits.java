package tv.roster.jsonapi;

import java.util.UUID;

/// Numbers and UUIDs as ASCII, put straight into an array. A page of 50 users has 150 UUIDs and 200 numbers: as texts
/// of their own they would be a good part of what it costs.
final class Digits {
    /// Characters of a UUID.
    static final int UUID_LENGTH = 36;

    private static final int PAIRS = 100;
    private static final byte[] TENS = ofPairs(10);
    private static final byte[] ONES = ofPairs(1);
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private Digits() {}

    /// Of each number from 0 to 99, the digit of this worth.
    private static byte[] ofPairs(int worth) {
        var digits = new byte[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            digits[pair] = (byte) ('0' + pair / worth % 10);
        }
        return digits;
    }

    /// Puts a number that is not negative, two digits at a time, and returns the place behind it.
    static int putNumber(int value, byte[] into, int at) {
        int end = at + 1;
        for (long limit = 10; value >= limit; limit *= 10) {
            end++;
        }
        int place = end;
        int rest = value;
        while (rest >= 10) {
            into[--place] = ONES[rest % PAIRS];
            into[--place] = TENS[rest % PAIRS];
            rest /= PAIRS;
        }
        if (place > at) {
            into[at] = (byte) ('0' + rest);
        }
        return end;
    }

    /// Puts a UUID in its usual form (RFC 9562, section 4), and returns the place behind it.
    static int putUuid(UUID value, byte[] into, int at) {
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        putHex(high >>> 32, 8, into, at);
        into[at + 8] = '-';
        putHex(high >>> 16, 4, into, at + 9);
        into[at + 13] = '-';
        putHex(high, 4, into, at + 14);
        into[at + 18] = '-';
        putHex(low >>> 48, 4, into, at + 19);
        into[at + 23] = '-';
        return putHex(low, 12, into, at + 24);
    }

    /// Puts the last digits of a number in hexadecimal, and returns the place behind them.
    static int putHex(long bits, int digits, byte[] into, int at) {
        long left = bits;
        for (int place = at + digits - 1; place >= at; place--) {
            into[place] = HEX[(int) left & 0xf];
            left >>>= 4;
        }
        return at + digits;
    }
}
