package tv.roster.values.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/// Writes numbers and UUIDs as ASCII, directly into an array. A page of 50 users contains 150 UUIDs and 200
/// numbers; creating a string for each would be a considerable part of its cost.
public final class Digits {
    /// The number of hexadecimal digits of a `long`.
    public static final int LONG_LENGTH = 16;

    /// The number of characters of a UUID.
    public static final int UUID_LENGTH = 36;

    private static final int HUNDRED = 100;
    private static final byte[] TENS = ofPairs(10);
    private static final byte[] ONES = ofPairs(1);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Digits() {}

    /// For each number from 0 to 99, its tens or its ones digit.
    private static byte[] ofPairs(int worth) {
        var digits = new byte[HUNDRED];
        for (int pair = 0; pair < HUNDRED; pair++) {
            digits[pair] = (byte) ('0' + pair / worth % 10);
        }
        return digits;
    }

    /// Writes a non-negative number, two digits at a time, and returns the index after it.
    public static int putNumber(int value, byte[] into, int at) {
        int end = at + 1;
        for (long limit = 10; value >= limit; limit *= 10) {
            end++;
        }
        int place = end;
        int rest = value;
        while (rest >= 10) {
            into[--place] = ONES[rest % HUNDRED];
            into[--place] = TENS[rest % HUNDRED];
            rest /= HUNDRED;
        }
        if (place > at) {
            into[at] = (byte) ('0' + rest);
        }
        return end;
    }

    /// Writes a UUID in its usual form (RFC 9562, section 4), and returns the index after it.
    public static int putUuid(UUID value, byte[] into, int at) {
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        long middle = hex(high);
        long end = hex(low >>> 32);
        LONGS.set(into, at, hex(high >>> 32));
        into[at + 8] = '-';
        INTS.set(into, at + 9, (int) (middle >>> 32));
        into[at + 13] = '-';
        INTS.set(into, at + 14, (int) middle);
        into[at + 18] = '-';
        INTS.set(into, at + 19, (int) (end >>> 32));
        into[at + 23] = '-';
        INTS.set(into, at + 24, (int) end);
        LONGS.set(into, at + 28, hex(low));
        return at + UUID_LENGTH;
    }

    /// Writes the 16 hexadecimal digits of a number.
    public static void putHex(long value, byte[] into, int at) {
        LONGS.set(into, at, hex(value >>> 32));
        LONGS.set(into, at + 8, hex(value));
    }

    /// The last eight hexadecimal digits of a number as ASCII, computed in parallel: each half of a byte is moved
    /// to its own byte; digits of ten or more, which reach 16 when 6 is added, are then shifted from the character
    /// after `9` to `a`.
    private static long hex(long bits) {
        long halves = Long.expand(bits, 0x0f0f0f0f0f0f0f0fL);
        long letters = (halves + 0x0606060606060606L) >>> 4 & 0x0101010101010101L;
        return halves + 0x3030303030303030L + letters * ('a' - '9' - 1);
    }
}
