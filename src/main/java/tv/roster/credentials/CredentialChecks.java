package tv.roster.credentials;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.credentials.CredentialChecksTable.StoredCredentials;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.hashing.Verification;
import tv.roster.credentials.strength.Password;
import tv.roster.events.log.EventLines;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;
import tv.roster.work.Work;

/// The rules of the login check: which result it returns, and after how many wrong passwords it stops checking.
public final class CredentialChecks {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialChecks.class);
    /// Part of a statement: ends the lockout of those users of `:tenant` in `changed`, whose password has been set.
    public static final String UNLOCKED = """
            unlocked as (
                delete from wrong_password w using changed c where w.tenant_id = :tenant and w.subject = c.id
            )""";

    /// After so many wrong passwords within the [#WINDOW], none is checked.
    public static final int MOST_WRONG = 10;

    public static final Duration WINDOW = Duration.ofMinutes(15);

    private final PasswordHasher hasher;
    private final EventLines lines;

    public CredentialChecks(PasswordHasher hasher, EventLines lines) {
        this.hasher = hasher;
        this.lines = lines;
    }

    /// The result of a check; `user` is null unless it is accepted.
    record Outcome(CheckResult result, @Nullable UserId user) {}

    /// Checks one password. A user's state is revealed only to those who know the password.
    Outcome check(Work work, LoginName name, Password password) {
        var tenant = work.tenant();
        var statements = work.statements();
        long now = lines.clock().instant().getEpochSecond();
        long since = now - WINDOW.toSeconds();
        var found = CredentialChecksTable.find(statements, tenant, name, since);
        if (found.wrong() >= MOST_WRONG) {
            return new Outcome(CheckResult.TOO_MANY_ATTEMPTS, null);
        }
        var verification = verify(tenant, found, password);
        if (!verification.accepted()) {
            boolean counted = CredentialChecksTable.addWrong(
                    statements, tenant, found.subject(), now, since, MOST_WRONG, lines.next(work.author()));
            return new Outcome(counted ? CheckResult.WRONG_CREDENTIALS : CheckResult.TOO_MANY_ATTEMPTS, null);
        }
        // Concurrent guesses were all allowed above; the results of the others decide here.
        if (!CredentialChecksTable.clear(statements, tenant, found.subject(), since, MOST_WRONG)) {
            return new Outcome(CheckResult.TOO_MANY_ATTEMPTS, null);
        }
        if (verification.needsRehash()) {
            rehash(work, found, password);
        }
        if (found.restricted()) {
            return new Outcome(CheckResult.LOGIN_RESTRICTED, null);
        }
        return found.registered()
                ? new Outcome(CheckResult.ACCEPTED, found.user())
                : new Outcome(CheckResult.NOT_REGISTERED, null);
    }

    private Verification verify(TenantId tenant, StoredCredentials found, Password password) {
        var hash = found.hash();
        if (hash == null) {
            hasher.verifyNothing(tenant, password, found.kinds());
            return Verification.WRONG;
        }
        return hasher.verify(tenant, password, PasswordHash.parse(hash), found.kinds());
    }

    /// Hashes the password again with the current parameters. A failure does not affect the login.
    private void rehash(Work work, StoredCredentials found, Password password) {
        var user = found.user();
        var former = found.hash();
        if (user == null || former == null) {
            return;
        }
        try {
            var hash = hasher.hash(work.tenant(), password);
            CredentialChecksTable.replaceHash(work.statements(), work.tenant(), user, former, hash);
        } catch (RuntimeException e) {
            LOG.warn("A password could not be hashed again: {}", e.getMessage());
        }
    }

    /// Deletes records of wrong passwords that no longer count; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return CredentialChecksTable.sweep(statements, now - WINDOW.toSeconds(), limit);
    }

    /// Forgets the failed logins of a person, those with former names included; returns the number of names.
    public static int erase(Statements transaction, Person person) {
        var subjects = Stream.concat(
                Stream.of(person.user().value()), LoginName.of(person).map(LoginName::asSubject));
        return CredentialChecksTable.erase(transaction, person.tenant(), subjects.toArray(UUID[]::new));
    }
}
