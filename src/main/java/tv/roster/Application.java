package tv.roster;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.Access;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.Bss;
import tv.roster.access.Directory;
import tv.roster.access.DirectoryTable;
import tv.roster.activation.AccountLinks;
import tv.roster.activation.AccountLinksApi;
import tv.roster.activation.ForgottenPasswords;
import tv.roster.allowlist.IpAddress;
import tv.roster.credentials.CredentialChecks;
import tv.roster.credentials.CredentialChecksApi;
import tv.roster.credentials.PasswordHasher;
import tv.roster.credentials.PasswordHashesApi;
import tv.roster.database.Database;
import tv.roster.database.DatabaseAddress;
import tv.roster.database.EmbeddedPostgres;
import tv.roster.database.Migrations;
import tv.roster.database.Sweeper;
import tv.roster.http.Area;
import tv.roster.http.HttpServer;
import tv.roster.idempotency.ExpiredKeys;
import tv.roster.idempotency.Idempotency;
import tv.roster.ids.Ids;
import tv.roster.jsonapi.Cursors;
import tv.roster.mail.LinkSeal;
import tv.roster.mail.MailQueue;
import tv.roster.mail.MailText;
import tv.roster.mail.Outbox;
import tv.roster.mail.SmtpMailer;
import tv.roster.pages.ErrorPages;
import tv.roster.pages.HealthApi;
import tv.roster.pages.OutboxPages;
import tv.roster.pages.Stylesheet;
import tv.roster.pages.SubscriberPages;
import tv.roster.pages.SubscriberView;
import tv.roster.profiles.Profiles;
import tv.roster.profiles.ProfilesApi;
import tv.roster.templates.Templates;
import tv.roster.tenants.FirstStart;
import tv.roster.users.DefaultProfileApi;
import tv.roster.users.UserListApi;
import tv.roster.users.Users;
import tv.roster.users.UsersApi;

/// The server: every part made and put together, in reading order.
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Settings settings;
    private final FirstStart firstStart;
    private final Optional<ApiKeySecret> newDemoKey;
    private final Directory directory;
    private final HttpServer server;
    private final HttpServer health;

    /// Starts everything and returns when requests are served. What was started is closed again if a later part fails.
    public static Application start(Settings settings) {
        var embedded = settings.database().isPresent()
                ? null
                : EmbeddedPostgres.start(settings.dataFolder(), EmbeddedPostgres.Options.DURABLE);
        if (embedded == null) {
            return new Application(settings, settings.database().orElseThrow(), InstantSource.system());
        }
        try {
            var application = new Application(settings, embedded.address(), InstantSource.system());
            application.parts.addLast(embedded);
            return application;
        } catch (RuntimeException | Error failure) {
            embedded.close();
            throw failure;
        }
    }

    /// The entrance for tests, which bring their own database and clock.
    Application(Settings settings, DatabaseAddress address, InstantSource clock) {
        this.settings = settings;
        try {
            Migrations.run(address);
            var database = opened(new Database(address, settings.databaseConnections()));
            var ids = new Ids(clock);
            firstStart = new FirstStart(database, settings.dataFolder(), ids, clock);
            newDemoKey = firstStart.run();
            var secret = firstStart.secret();

            directory = opened(new Directory(new DirectoryTable(database)));
            var access = new Access(directory, clock);
            var hasher = opened(new PasswordHasher(settings.argon2(), settings.hashing()));
            var bss = new Idempotency(database, secret, clock);
            opened(new ExpiredKeys(database, clock));
            opened(new Sweeper(
                    database, clock, List.of(CredentialChecks::sweep, AccountLinks::sweep, MailQueue::sweep)));

            var seal = new LinkSeal(secret);
            var templates = new Templates();
            var mailText = new MailText(templates);
            settings.smtp()
                    .ifPresent(smtp ->
                            opened(new MailQueue(database, new SmtpMailer(smtp, mailText), seal, clock).start()));
            var links = new AccountLinks(database, hasher, seal, ids, clock);
            var subscriberPages = new SubscriberPages(
                    links,
                    opened(new ForgottenPasswords(links)),
                    new SubscriberView(templates),
                    request -> IpAddress.of(request.peer()));
            var pages = new ArrayList<>(new ErrorPages().routes());
            pages.addAll(new Stylesheet().routes());
            pages.addAll(subscriberPages.routes());
            if (settings.smtp().isEmpty() && !settings.showsOutbox()) {
                LOG.warn("ROSTER_SMTP_URL is not set: mails to subscribers wait in the database.");
            }
            if (settings.showsOutbox()) {
                pages.addAll(new OutboxPages(new Outbox(database, seal, mailText, clock), templates).routes());
            }

            var users = new Users(database, hasher, ids, clock);
            var routes = Stream.of(
                            new UserListApi(new Cursors(secret)).routes(bss),
                            new UsersApi(users).routes(bss),
                            new DefaultProfileApi(users).routes(bss),
                            new ProfilesApi(new Profiles(database, ids)).routes(bss),
                            new AccountLinksApi(links, ids, clock).routes(bss),
                            new CredentialChecksApi(new CredentialChecks(database, hasher, clock), ids).routes(bss))
                    .flatMap(List::stream)
                    .toList();
            var publicUrl = settings.publicUrl().map(Object::toString).orElse(null);
            server = opened(new HttpServer(
                    settings.host(),
                    settings.port(),
                    publicUrl,
                    List.of(
                            Area.ofDocuments(Bss.BASE, access, routes),
                            Area.ofDocuments(
                                    "/api/admin/v1", access, new PasswordHashesApi(database, ids, clock).routes()),
                            Area.ofPages(pages))));
            health = opened(new HttpServer(
                    settings.healthHost(),
                    settings.healthPort(),
                    null,
                    List.of(Area.ofPages(new HealthApi(database::isReachable).routes()))));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.addFirst(part);
        return part;
    }

    public int port() {
        return server.port();
    }

    public int healthPort() {
        return health.port();
    }

    /// Reads tenants and keys again at once instead of within a second.
    void refreshDirectory() {
        directory.refresh();
    }

    /// What a person at the terminal wants to know: where it serves, and a first call to paste.
    public String readyLines() {
        var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        var url = settings.publicUrl().map(Object::toString).orElse("http://" + host + ":" + server.port());
        var lines = new StringBuilder();
        newDemoKey.ifPresent(key -> lines.append("""

                A tenant "demo" was made, with this key (kept in %s, and shown only now):
                  %s
                """.formatted(firstStart.demoKeyFile(), key.value())));
        return lines.append("""

                Roster is ready on %s (health on port %d). The first call to try:
                  curl -H "Authorization: Apikey $(cat %s)" %s/users
                """.formatted(url, health.port(), quoted(firstStart.demoKeyFile()), url + Bss.BASE))
                .toString();
    }

    private static String quoted(Path file) {
        var path = file.toString();
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /// Drains what is under way, then stops everything, the last part first.
    @Override
    public void close() {
        for (var part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("A part did not close: " + e);
            }
        }
        parts.clear();
        closed.countDown();
    }

    /// Waits until it is closed.
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }
}
