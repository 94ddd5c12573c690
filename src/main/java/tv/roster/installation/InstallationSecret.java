package tv.roster.installation;

import java.security.SecureRandom;
import java.util.Arrays;

/// A secret shared by all nodes of the installation. It never leaves the server; values are sealed with keys
/// derived from it ([KeyUse]).
public final class InstallationSecret {
    private static final int BYTES = 32;

    private final byte[] bytes;

    InstallationSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static InstallationSecret random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new InstallationSecret(bytes);
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstallationSecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
