package tv.roster.agents.totp;

/// Base32 (RFC 4648, section 6) without padding, which people can type.
final class Base32 {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = (bits << Byte.SIZE | (each & 0xFF)) & 0xFFFF;
            count += Byte.SIZE;
            while (count >= BITS) {
                count -= BITS;
                text.append(DIGITS.charAt(bits >> count & 0x1F));
            }
        }
        if (count > 0) {
            text.append(DIGITS.charAt(bits << (BITS - count) & 0x1F));
        }
        return text.toString();
    }
}
