package tv.roster.users;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.OwnValues;
import tv.roster.credentials.strength.Weakness;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.values.Sent;

/// The rule that a password must not consist of the person's own name, address, number or id.
public final class OwnPassword {
    private OwnPassword() {}

    /// Compares a new password with the values that the user will have after the change. `stored` is null for a
    /// user that does not exist or has not been looked up yet.
    public static void check(UserChange wanted, @Nullable User stored, Problems problems) {
        var password = wanted.password().value();
        if (password != null && password.isOwn(values(wanted, stored))) {
            problems.add(ErrorCode.WEAK_PASSWORD, Weakness.OWN.detail(), UserMember.PASSWORD);
        }
    }

    private static OwnValues values(UserChange wanted, @Nullable User stored) {
        return new OwnValues(
                value(wanted.name(), wanted.name().map(FullName::value), stored == null ? null : stored.name()),
                value(wanted.email(), wanted.email().map(EmailAddress::value), stored == null ? null : stored.email()),
                value(
                        wanted.telephone(),
                        wanted.telephone().map(TelephoneNumber::value),
                        stored == null ? null : stored.telephone()),
                value(
                        wanted.externalId(),
                        wanted.externalId().map(ExternalId::value),
                        stored == null ? null : stored.externalId()));
    }

    private static @Nullable String value(Sent<?> sent, @Nullable String wanted, @Nullable String stored) {
        return sent.present() ? wanted : stored;
    }
}
