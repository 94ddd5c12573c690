package tv.roster.agents.setup;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignIn;
import tv.roster.agents.signin.SignInOutcome;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.values.AgentMember;
import tv.roster.agents.values.SetupToken;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.strength.OwnValues;
import tv.roster.credentials.strength.Password;
import tv.roster.credentials.strength.Weakness;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The rules of links with which agents choose a password: valid for an hour, and once. A newer link of an agent ends
/// the older one.
///
/// Links for the first administrator do not end each other, since several servers may start at once and each prints its
/// own; all of them end when there is an agent.
public final class SetupLinks {
    static final Duration VALID = Duration.ofHours(1);

    private final Database database;
    private final PasswordHasher hasher;
    private final SignIn signIn;
    private final EventLines lines;

    public SetupLinks(Database database, PasswordHasher hasher, SignIn signIn, EventLines lines) {
        this.database = database;
        this.hasher = hasher;
        this.signIn = signIn;
        this.lines = lines;
    }

    /// A new link for an agent; empty if there is no such agent, or it is not one of this tenant.
    ///
    /// @param within null for agents of any tenant, and of none
    public Optional<SetupLink> make(Statements statements, Author author, AgentId agent, @Nullable TenantId within) {
        var link = newLink();
        return SetupLinksTable.make(statements, agent, within, link, lines.next(author))
                ? Optional.of(link)
                : Optional.empty();
    }

    /// A new link for the first administrator of the installation; empty if there is an agent already.
    public Optional<SetupLink> makeFirst() {
        var link = newLink();
        return SetupLinksTable.makeFirst(database, link) ? Optional.of(link) : Optional.empty();
    }

    private SetupLink newLink() {
        return new SetupLink(SetupToken.random(), now() + VALID.toSeconds());
    }

    /// What the link is for; empty if it is not valid, or no longer. Changes nothing.
    public Optional<Setup> find(SetupToken token) {
        return SetupLinksTable.find(database, token, now());
    }

    /// Sets the agent's password, and ends the link, all sessions and the second factor; a second factor is set up next
    /// if one is demanded. Of concurrent uses, only one succeeds; the others are `EXPIRED`.
    ///
    /// @throws Refusal `weak_password` for one that consists of the agent's own values; the link remains valid
    public SignInOutcome use(SetupToken token, Password password, Browser browser) {
        if (!(find(token).orElse(null) instanceof Setup.OfAgent setup)) {
            return expired();
        }
        refuseOwn(password, setup.name(), setup.email());
        var hash = hasher.hash(SignIn.TURN, password);
        return SetupLinksTable.use(database, token, hash, lines.next(browser.author(setup.agent())))
                .map(agent -> signIn.afterPassword(agent, browser))
                .orElseGet(SetupLinks::expired);
    }

    /// Creates the first administrator of the installation, unless there is an agent already: then, the link is
    /// `EXPIRED`.
    ///
    /// @param name a valid name, as [tv.roster.values.text.Text#checkName] has it
    /// @throws Refusal `weak_password`, as [#use] does
    public SignInOutcome useFirst(
            SetupToken token, EmailAddress email, String name, Password password, Browser browser) {
        if (!(find(token).orElse(null) instanceof Setup.OfFirstAdministrator)) {
            return expired();
        }
        refuseOwn(password, name, email.value());
        var hash = hasher.hash(SignIn.TURN, password);
        var agent = new AgentId(lines.ids().next());
        var line = lines.next(browser.author(agent));
        boolean created = database.inTransaction(
                transaction -> SetupLinksTable.useFirst(transaction, token, agent, email, name, hash, line));
        return created ? signIn.afterPassword(agent, browser) : expired();
    }

    private static void refuseOwn(Password password, String name, String email) {
        if (password.isOwn(new OwnValues(name, email, null, null))) {
            throw new Refusal(ErrorCode.WEAK_PASSWORD, Weakness.OWN.detail(), AgentMember.PASSWORD);
        }
    }

    private static SignInOutcome expired() {
        return new SignInOutcome.Refused(Reason.EXPIRED);
    }

    private long now() {
        return lines.clock().instant().getEpochSecond();
    }

    /// Deletes links that have expired; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return SetupLinksTable.sweep(statements, now, limit);
    }
}
