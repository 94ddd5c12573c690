package tv.roster.agents.signin;

import java.util.List;
import java.util.Optional;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.sessions.SignedIn;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.signin.SignInOutcome.Refused;
import tv.roster.agents.totp.RecoveryCode;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.values.AgentMember;
import tv.roster.agents.values.SessionToken;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.strength.OwnValues;
import tv.roster.credentials.strength.Password;
import tv.roster.credentials.strength.Weakness;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// What agents change about how they sign in themselves. They prove again who they are, since a session may be used by
/// somebody who has found the browser open; attempts are counted with those to sign in.
public final class OwnAccount {
    private final Database database;
    private final PasswordHasher hasher;
    private final SecondFactors factors;
    private final EventLines lines;
    private final Attempts attempts;

    public OwnAccount(Database database, PasswordHasher hasher, SecondFactors factors, EventLines lines) {
        this.database = database;
        this.hasher = hasher;
        this.factors = factors;
        this.lines = lines;
        this.attempts = new Attempts(database, lines);
    }

    /// Replaces the password, ends all sessions, and begins a new one in this browser.
    ///
    /// @throws Refusal `weak_password` for a password that consists of the agent's own values
    public SignInOutcome changePassword(SignedIn agent, Password current, Password chosen, Browser browser) {
        if (chosen.isOwn(new OwnValues(agent.name(), agent.email(), null, null))) {
            throw new Refusal(ErrorCode.WEAK_PASSWORD, Weakness.OWN.detail(), AgentMember.PASSWORD);
        }
        var known = SignInTable.find(database, agent.agent()).filter(found -> found.passwordHash() != null);
        if (known.isEmpty()) {
            return new Refused(Reason.WRONG);
        }
        int count = attempts.count(agent.agent().value());
        if (count == 0) {
            return new Refused(Reason.TOO_MANY_ATTEMPTS);
        }
        var former = String.valueOf(known.get().passwordHash());
        var verification = attempts.judge(
                agent.agent().value(),
                () -> hasher.verify(SignIn.TURN, current, PasswordHash.parse(former), List.of()));
        if (!verification.accepted()) {
            attempts.wrong(agent.agent(), count, browser.author(agent.agent()));
            return new Refused(Reason.WRONG);
        }
        var hash = hasher.hash(SignIn.TURN, chosen);
        var session = SessionToken.random();
        var entry = new SignInTable.Entry(agent.agent(), known.get().generation(), session, browser);
        return OwnAccountTable.changePassword(database, entry, former, hash, lines.next(browser.author(agent.agent())))
                ? new Entered(session, List.of())
                : new Refused(Reason.EXPIRED);
    }

    /// New recovery codes, to be shown once, in place of all others; empty if the code of the authenticator app is
    /// wrong, was used, or there were too many attempts.
    public Optional<List<RecoveryCode>> newRecoveryCodes(SignedIn agent, String typed, Browser browser) {
        int count = attempts.count(agent.agent().value());
        if (count == 0) {
            return Optional.empty();
        }
        var codes = RecoveryCode.set();
        var hashes = codes.stream()
                .map(code -> RecoveryCode.hash(agent.agent(), code.value()))
                .toList();
        long now = lines.clock().instant().getEpochSecond();
        var author = browser.author(agent.agent());
        boolean changed = OwnAccountTable.factor(database, agent.agent())
                .flatMap(factor -> factors.open(factor.sealed(), agent.agent())
                        .map(secret -> Totp.matching(secret, typed, now, factor.lastUsed())))
                .filter(step -> step.isPresent()
                        && OwnAccountTable.replaceCodes(
                                database, agent.agent(), step.getAsLong(), hashes, lines.next(author)))
                .isPresent();
        if (!changed) {
            attempts.wrong(agent.agent(), count, author);
            return Optional.empty();
        }
        attempts.takeBack(agent.agent());
        return Optional.of(codes);
    }
}
