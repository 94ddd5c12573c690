package tv.roster.agents.totp;

import java.security.SecureRandom;
import java.util.Arrays;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.Randomness;
import tv.roster.values.text.PercentEncoding;

/// The secret that an agent's authenticator app shares with the server.
public final class TotpSecret {
    private static final SecureRandom RANDOM = Randomness.generator();
    /// The length of the HMAC's output, as RFC 4226, section 4, recommends.
    private static final int BYTES = 20;

    private final byte[] bytes;

    private TotpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TotpSecret random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    public static TotpSecret of(byte[] bytes) {
        return new TotpSecret(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// The secret in base32, which can be typed where no picture can be scanned.
    public String text() {
        return Base32.encode(bytes);
    }

    /// The address that the picture for authenticator apps contains (the format of Google Authenticator).
    ///
    /// @param issuer  the name of the service, as the app shows it
    /// @param account whose secret it is
    public String uri(String issuer, String account) {
        var name = PercentEncoding.encode(issuer);
        return "otpauth://totp/" + name + ":" + PercentEncoding.encode(account) + "?secret=" + text() + "&issuer="
                + name + "&algorithm=SHA1&digits=" + Totp.DIGITS + "&period=" + Totp.STEP_SECONDS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TotpSecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Sha256.hash(bytes));
    }

    @Override
    public String toString() {
        return "***";
    }
}
