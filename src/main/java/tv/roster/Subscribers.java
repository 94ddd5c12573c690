package tv.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.activation.AccountLinks;
import tv.roster.activation.AccountLinksApi;
import tv.roster.activation.ForgottenPasswords;
import tv.roster.activation.SubscriberPages;
import tv.roster.activation.SubscriberView;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Route;
import tv.roster.platform.mail.LinkSeal;
import tv.roster.platform.mail.MailQueue;
import tv.roster.platform.mail.MailText;
import tv.roster.platform.mail.Outbox;
import tv.roster.platform.mail.OutboxKey;
import tv.roster.platform.mail.OutboxPages;
import tv.roster.platform.mail.SmtpMailer;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.templates.BrandStylesheet;
import tv.roster.platform.templates.Templates;
import tv.roster.settings.Settings;

/// The parts for subscribers: activation and reset links, the mails that contain them, and the pages.
final class Subscribers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private final Parts parts = new Parts();
    private final List<Route<Anybody>> pages = new ArrayList<>();
    private final SubscriberView view;
    private final AccountLinksApi linksApi;
    private final Optional<OutboxKey> outboxKey;
    private final Optional<MailQueue> mails;

    /// `callers` determines the address that a page was requested from, also behind proxies.
    Subscribers(
            Settings settings,
            Database database,
            PasswordHasher hasher,
            Keys linkKeys,
            EventLines lines,
            Function<Request, IpAddress> callers) {
        var seal = new LinkSeal(linkKeys);
        var templates = new Templates();
        var mailText = new MailText(templates);
        view = new SubscriberView(templates);
        mails = settings.mail().smtp().map(smtp -> {
            // A mail server requires a public URL, since the `Host` of a request must not decide where links lead.
            var base = settings.http().publicUrl().orElseThrow().toASCIIString();
            return parts.opened(
                    new MailQueue(database, new SmtpMailer(smtp, mailText, base), seal, lines.clock()).start());
        });
        var links = new AccountLinks(database, hasher, seal, lines);
        linksApi = new AccountLinksApi(links);
        pages.add(BrandStylesheet.route());
        pages.addAll(new SubscriberPages(links, parts.opened(new ForgottenPasswords(links)), view, callers).routes());
        outboxKey = settings.showsOutbox() ? Optional.of(OutboxKey.of(settings.dataFolder())) : Optional.empty();
        outboxKey.ifPresent(key -> pages.addAll(
                new OutboxPages(new Outbox(database, seal, mailText, lines.clock()), key, templates).routes()));
        if (outboxKey.isEmpty() && settings.mail().smtp().isEmpty()) {
            LOG.warn("ROSTER_SMTP_URL is not set: mails to subscribers remain in the database.");
        }
    }

    /// The key to the outbox, if there is an outbox.
    Optional<OutboxKey> outboxKey() {
        return outboxKey;
    }

    /// Whether a request can open the outbox, given its key.
    boolean opensOutboxTo(Request request) {
        return outboxKey.isPresent() && OutboxPages.isOnThisMachine(request);
    }

    /// The queue of mails, if there is a mail server.
    Optional<MailQueue> mails() {
        return mails;
    }

    /// Creates the page that explains a rejected request.
    SubscriberView view() {
        return view;
    }

    AccountLinksApi linksApi() {
        return linksApi;
    }

    List<Route<Anybody>> pages() {
        return pages;
    }

    /// Stops the background work; queued mails remain in the database.
    @Override
    public void close() {
        parts.close();
    }
}
