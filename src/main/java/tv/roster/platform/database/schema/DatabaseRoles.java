package tv.roster.platform.database.schema;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;

/// The roles that the server connects as: the owner of the tables for migrations only, the application for
/// everything else. Both are the same if the operator has given only one.
public record DatabaseRoles(DatabaseAddress owner, DatabaseAddress application) {
    private static final String EMBEDDED = "roster_application";

    /// One role for both.
    public static DatabaseRoles one(DatabaseAddress address) {
        return new DatabaseRoles(address, address);
    }

    /// The roles of an embedded PostgreSQL. The application's password is derived from the owner's, so that there
    /// is no second password to store, back up or lose.
    public static DatabaseRoles embedded(DatabaseAddress owner) {
        return new DatabaseRoles(owner, owner.as(EMBEDDED, derived(owner.password())));
    }

    public boolean areTwo() {
        return !owner.equals(application);
    }

    private static Password derived(Password secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return new Password(HexFormat.of().formatHex(mac.doFinal(EMBEDDED.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
        }
    }
}
