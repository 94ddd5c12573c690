package tv.roster.platform.secrets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, which each Java has.
public final class Sha256 {
    /// Cloned for each hash, since looking up the algorithm costs more than hashing.
    private static final MessageDigest ORIGINAL = original();

    private Sha256() {}

    private static MessageDigest original() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] hash(byte[] bytes) {
        return begin().digest(bytes);
    }

    /// For bytes that come in parts.
    public static MessageDigest begin() {
        try {
            return (MessageDigest) ORIGINAL.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
