package tv.roster.activation;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tv.roster.activation.AccountLinksTable.NewLink;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.credentials.strength.Password;
import tv.roster.events.log.EventLines;
import tv.roster.platform.mail.LinkSeal;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.TenantId;
import tv.roster.values.languages.Language;
import tv.roster.work.Author;
import tv.roster.work.Work;

/// The rules of links: who gets one, how long it is valid, and that it can be used only once.
public final class AccountLinks {
    /// How long an expired invitation is stored, so that the invited person can ask for another link.
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Statements database;
    private final PasswordHasher hasher;
    private final LinkSeal seal;
    private final EventLines lines;

    public AccountLinks(Statements database, PasswordHasher hasher, LinkSeal seal, EventLines lines) {
        this.database = database;
        this.hasher = hasher;
        this.seal = seal;
        this.lines = lines;
    }

    /// A new link with its token. `expiresTime` is in epoch seconds.
    record MadeLink(UUID id, LinkToken token, long expiresTime) {}

    /// Creates a link, which ends an older one of the same kind, and queues its mail. Only the token is stored; the
    /// address of the page is added when the mail is sent.
    MadeLink make(Work work, LinkRequest wanted) {
        var token = LinkToken.random(work.tenant());
        var id = lines.ids().next();
        var mail = lines.ids().next();
        var link = new NewLink(wanted, id, token.hash(), mail, seal.seal(token.value(), mail));
        var made = AccountLinksTable.make(work.statements(), work.tenant(), link, lines.next(work.author()))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such user."));
        if (made.expiresTime() != null) {
            return new MadeLink(id, token, made.expiresTime());
        }
        throw made.registered() && wanted.kind() == LinkKind.ACTIVATION
                ? new Refusal(ErrorCode.ALREADY_REGISTERED, "The user is REGISTERED: there is nothing to activate.")
                : new Refusal(ErrorCode.NO_EMAIL, "The user has no e-mail address to send the link to.");
    }

    /// What a token leads to; empty if even the tenant is unknown. Changes nothing.
    public Optional<FoundLink> find(LinkToken token, LinkKind kind) {
        return AccountLinksTable.find(
                database, token, kind, lines.clock().instant().getEpochSecond());
    }

    /// Sets the password and ends the link. Returns false if the link is not valid, or no longer: of concurrent
    /// uses, only one succeeds.
    public boolean use(LinkToken token, LinkKind kind, Password password, String address, String requestId) {
        var hash = hasher.hash(token.tenant(), password);
        return AccountLinksTable.use(database, token, kind, hash, lines.next(Author.subscriber(address, requestId)));
    }

    public Optional<TenantLook> tenant(String slug) {
        return AccountLinksTable.tenant(database, slug);
    }

    /// The tenant of a link that has lost its end on the way.
    Optional<TenantLook> tenantOf(String token) {
        return LinkToken.tenantIn(token).flatMap(id -> AccountLinksTable.tenant(database, id));
    }

    /// Mails a link to the user with this address: for a new password, or, if the user was invited and has not
    /// activated the account yet, for the activation. Does nothing if no user has the address, or the invitation
    /// was ended.
    public void forgot(TenantId tenant, String email, Language language, String address, String requestId) {
        var work = new Work(tenant, database, Author.subscriber(address, requestId));
        AccountLinksTable.subscriber(database, tenant, MailboxKey.of(email))
                .filter(subscriber -> subscriber.registered() || subscriber.invited())
                .map(subscriber -> new LinkRequest(
                        subscriber.id(),
                        subscriber.registered() ? LinkKind.PASSWORD_RESET : LinkKind.ACTIVATION,
                        Delivery.EMAIL,
                        language,
                        subscriber.generation()))
                .ifPresent(wanted -> make(work, wanted));
    }

    /// Deletes links long after they have expired; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return AccountLinksTable.sweep(statements, now - REMEMBERED.toSeconds(), limit);
    }
}
