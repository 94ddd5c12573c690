package tv.roster.agents.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignInOutcome.CodeDemanded;
import tv.roster.agents.signin.SignInOutcome.EnrolmentDemanded;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.signin.SignInOutcome.Refused;
import tv.roster.agents.signin.SignInTable.Entry;
import tv.roster.agents.signin.SignInTable.Known;
import tv.roster.agents.signin.SignInTable.Proof;
import tv.roster.agents.signin.SignInTable.Step;
import tv.roster.agents.totp.RecoveryCode;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.totp.TotpSecret;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.StepToken;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.hashing.Verification;
import tv.roster.credentials.strength.Password;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.secrets.Sha256;
import tv.roster.platform.sql.Statements;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// The rules of signing in: the password, then the second factor. A session begins when nothing more is demanded.
public final class SignIn {
    /// How long a code may take after the password.
    static final Duration FOR_CODE = Duration.ofMinutes(5);

    /// How long it may take to set up a second factor, for which an app may have to be installed.
    static final Duration FOR_ENROLMENT = Duration.ofMinutes(15);

    /// Whose turn hashing the passwords of agents is; no tenant has this id.
    public static final TenantId TURN = new TenantId(new UUID(0, 0));

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Database database;
    private final PasswordHasher hasher;
    private final SecondFactors factors;
    private final boolean demandsFactor;
    private final EventLines lines;
    private final Attempts attempts;

    /// @param demandsFactor whether agents without a second factor have to set one up
    public SignIn(
            Database database, PasswordHasher hasher, SecondFactors factors, boolean demandsFactor, EventLines lines) {
        this.database = database;
        this.hasher = hasher;
        this.factors = factors;
        this.demandsFactor = demandsFactor;
        this.lines = lines;
        this.attempts = new Attempts(database, lines);
    }

    /// The first step. An address that no agent has is refused like a wrong password: as often, and after as long.
    public SignInOutcome password(String email, Password password, Browser browser) {
        var key = MailboxKey.of(email);
        var found = SignInTable.find(database, key);
        var subject = found.map(known -> known.agent().value()).orElseGet(() -> nobody(key));
        int count = attempts.count(subject);
        if (count == 0) {
            return new Refused(Reason.TOO_MANY_ATTEMPTS);
        }
        var known = found.orElse(null);
        var verification = attempts.judge(subject, () -> verify(known, password));
        if (known == null || !verification.accepted() || known.disabled()) {
            found.ifPresent(agent -> attempts.wrong(agent.agent(), count, browser.stranger()));
            return new Refused(Reason.WRONG);
        }
        if (verification.needsRehash()) {
            rehash(known, password);
        }
        return next(known, browser);
    }

    private Verification verify(@Nullable Known known, Password password) {
        if (known == null || known.passwordHash() == null) {
            hasher.verifyNothing(TURN, password, List.of());
            return Verification.WRONG;
        }
        return hasher.verify(TURN, password, PasswordHash.parse(known.passwordHash()), List.of());
    }

    /// Hashes the password again with the current parameters. A failure does not affect the sign-in.
    private void rehash(Known known, Password password) {
        try {
            SignInTable.replaceHash(
                    database, known.agent(), String.valueOf(known.passwordHash()), hasher.hash(TURN, password));
        } catch (RuntimeException e) {
            LOG.warn("The password of an agent could not be hashed again: {}", e.getMessage());
        }
    }

    /// By what attempts with an address that no agent has are counted.
    private static UUID nobody(String key) {
        var hash = ByteBuffer.wrap(Sha256.hash(("agent " + key).getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /// What comes after the password of this agent was right, or has just been chosen.
    public SignInOutcome afterPassword(AgentId agent, Browser browser) {
        return SignInTable.find(database, agent)
                .filter(known -> !known.disabled())
                .map(known -> next(known, browser))
                .orElseGet(() -> new Refused(Reason.EXPIRED));
    }

    /// Begins a session for an agent whom the operator's own provider has identified; its second factor is the
    /// provider's.
    public SignInOutcome byProvider(AgentId agent, Browser browser) {
        return SignInTable.find(database, agent)
                .map(known -> enter(known.agent(), known.generation(), Proof.PROVIDER, browser))
                .orElseGet(() -> new Refused(Reason.WRONG));
    }

    private SignInOutcome next(Known known, Browser browser) {
        if (!known.hasFactor() && !demandsFactor) {
            return enter(known.agent(), known.generation(), Proof.NONE, browser);
        }
        var token = StepToken.random();
        var secret = known.hasFactor() ? null : factors.sealed(TotpSecret.random(), known.agent());
        var time = secret == null ? FOR_CODE : FOR_ENROLMENT;
        SignInTable.begin(database, token, known, secret, now() + time.toSeconds());
        attempts.takeBack(known.agent());
        return secret == null ? new CodeDemanded(token) : new EnrolmentDemanded(token);
    }

    /// The second step: a code of the authenticator app, or a recovery code.
    public SignInOutcome code(StepToken token, String typed, Browser browser) {
        var found = SignInTable.step(database, token, now()).filter(step -> step.factor() != null);
        if (found.isEmpty()) {
            return new Refused(Reason.EXPIRED);
        }
        var step = found.get();
        int count = attempts.count(step.agent().value());
        if (count == 0) {
            return new Refused(Reason.TOO_MANY_ATTEMPTS);
        }
        var proof = proof(step, typed);
        if (proof.isPresent()) {
            var outcome = enter(step.agent(), step.generation(), proof.get().after(token), browser);
            if (outcome instanceof Entered) {
                return outcome;
            }
        }
        attempts.wrong(step.agent(), count, browser.stranger());
        return new Refused(Reason.WRONG);
    }

    private Optional<Proof> proof(Step step, String typed) {
        var factor = step.factor();
        var matching = factor == null
                ? OptionalLong.empty()
                : factors.open(factor, step.agent())
                        .map(secret -> Totp.matching(secret, typed, now(), step.lastUsed()))
                        .orElseGet(OptionalLong::empty);
        if (matching.isPresent()) {
            return Optional.of(Proof.code(matching.getAsLong()));
        }
        var recovery = RecoveryCode.hash(step.agent(), typed);
        return step.recoveryHashes().contains(recovery) ? Optional.of(Proof.recovery(recovery)) : Optional.empty();
    }

    /// The second factor that is to be set up in this step; empty if the step has expired.
    public Optional<Enrolment> enrolment(StepToken token) {
        return SignInTable.step(database, token, now()).flatMap(this::enrolment);
    }

    private Optional<Enrolment> enrolment(Step step) {
        var offered = step.offered();
        return offered == null || step.factor() != null
                ? Optional.empty()
                : factors.open(offered, step.agent()).map(secret -> new Enrolment(step.email(), secret));
    }

    /// Sets up the second factor with its first code, and begins the session. A wrong code changes nothing.
    public SignInOutcome enrol(StepToken token, String typed, Browser browser) {
        var found = SignInTable.step(database, token, now());
        var offered = found.flatMap(this::enrolment);
        if (found.isEmpty() || offered.isEmpty()) {
            return new Refused(Reason.EXPIRED);
        }
        var step = found.get();
        var matching = Totp.matching(offered.get().secret(), typed, now(), null);
        if (matching.isEmpty()) {
            return new Refused(Reason.WRONG);
        }
        var codes = RecoveryCode.set();
        var hashes = codes.stream()
                .map(code -> RecoveryCode.hash(step.agent(), code.value()))
                .toList();
        var session = SessionToken.random();
        var entry = new Entry(step.agent(), step.generation(), session, browser);
        boolean entered = SignInTable.enrol(
                database, entry, token, matching.getAsLong(), hashes, lines.next(browser.author(step.agent())));
        return entered ? new Entered(session, codes) : new Refused(Reason.EXPIRED);
    }

    private SignInOutcome enter(AgentId agent, int generation, Proof proof, Browser browser) {
        var session = SessionToken.random();
        var entry = new Entry(agent, generation, session, browser);
        return SignInTable.enter(database, entry, proof, lines.next(browser.author(agent)))
                ? new Entered(session, List.of())
                : new Refused(Reason.EXPIRED);
    }

    private long now() {
        return lines.clock().instant().getEpochSecond();
    }

    /// Deletes sign-ins that were not completed in time; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return SignInTable.sweep(statements, now, limit);
    }

    /// Deletes attempts that no longer count; for [tv.roster.platform.background.Sweeper].
    public static int sweepAttempts(Statements statements, long now, int limit) {
        return AttemptsTable.sweep(statements, now - Attempts.WINDOW.toSeconds(), limit);
    }
}
