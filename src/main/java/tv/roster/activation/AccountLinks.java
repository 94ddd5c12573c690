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

/// The rules of links: who gets one, how long it is good, and that it is good once.
public final class AccountLinks {
    /// How long an invitation is remembered after its end, so that who was invited may ask for another link.
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

    /// A link as it was made, with its token. `expiresTime` in epoch seconds.
    record MadeLink(UUID id, LinkToken token, long expiresTime) {}

    /// Makes a link, which ends an older one of its kind, and queues its mail. Of the link only the token is kept:
    /// where it leads is known where it is sent.
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

    /// What a token leads to; nothing where not even the tenant is known. Changes nothing.
    public Optional<FoundLink> find(LinkToken token, LinkKind kind) {
        return AccountLinksTable.find(
                database, token, kind, lines.clock().instant().getEpochSecond());
    }

    /// Sets the password and ends the link; false where the link is not good, or no longer: of uses at the same
    /// time one gets through.
    public boolean use(LinkToken token, LinkKind kind, Password password, String address, String requestId) {
        var hash = hasher.hash(token.tenant(), password);
        return AccountLinksTable.use(database, token, kind, hash, lines.next(Author.subscriber(address, requestId)));
    }

    public Optional<TenantLook> tenant(String slug) {
        return AccountLinksTable.tenant(database, slug);
    }

    /// Mails a link to whoever has this address: for another password, or, to who was invited and has not activated
    /// the account yet, for that. Does nothing where nobody has it, nor where the invitation was ended.
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

    /// Forgets links long after their end; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return AccountLinksTable.sweep(statements, now - REMEMBERED.toSeconds(), limit);
    }
}
