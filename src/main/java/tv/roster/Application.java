package tv.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Access;
import tv.roster.access.Caller;
import tv.roster.access.Directory;
import tv.roster.access.DirectoryTable;
import tv.roster.access.KnownKey;
import tv.roster.access.LastUse;
import tv.roster.access.RefusedCalls;
import tv.roster.access.RefusedCallsTable;
import tv.roster.access.ratelimit.FailedAuthentications;
import tv.roster.activation.AccountLinks;
import tv.roster.activation.support.MailsApi;
import tv.roster.activation.support.OpenLinksApi;
import tv.roster.apikeys.AccessApi;
import tv.roster.apikeys.ApiKeys;
import tv.roster.apikeys.ApiKeysApi;
import tv.roster.calls.Admin;
import tv.roster.calls.UserManagement;
import tv.roster.console.calls.ApiCalls;
import tv.roster.console.overview.Overview;
import tv.roster.console.overview.OverviewPages;
import tv.roster.console.overview.RecentCalls;
import tv.roster.console.pages.ConsoleDialect;
import tv.roster.credentials.CredentialChecks;
import tv.roster.credentials.CredentialChecksApi;
import tv.roster.credentials.LoginLocksApi;
import tv.roster.credentials.PasswordHashesApi;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.deletion.DeletedUsers;
import tv.roster.deletion.DeletedUsersApi;
import tv.roster.docs.DocsPage;
import tv.roster.docs.ErrorPages;
import tv.roster.docs.GuidePages;
import tv.roster.docs.StartPage;
import tv.roster.events.EventsApi;
import tv.roster.events.feed.Feed;
import tv.roster.events.feed.FeedApi;
import tv.roster.events.feed.FeedLag;
import tv.roster.events.feed.FeedWatch;
import tv.roster.events.feed.UserEventsApi;
import tv.roster.events.log.EventLines;
import tv.roster.events.retention.EventRetention;
import tv.roster.exports.ExportsApi;
import tv.roster.idempotency.ExpiredKeys;
import tv.roster.idempotency.TenantCalls;
import tv.roster.imports.ImportLeftoversTable;
import tv.roster.imports.ImportWorker;
import tv.roster.imports.Imports;
import tv.roster.imports.ImportsApi;
import tv.roster.installation.InstallationSecrets;
import tv.roster.installation.SecretRotations;
import tv.roster.installation.SecretRotationsApi;
import tv.roster.operations.Operations;
import tv.roster.operations.OperationsApi;
import tv.roster.platform.background.Sweeper;
import tv.roster.platform.background.Sweeper.Sweep;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.DatabaseClock;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.files.PrivateFiles;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.logging.AccessLog;
import tv.roster.platform.logging.LogLines;
import tv.roster.platform.mail.MailQueue;
import tv.roster.platform.mail.OutboxKey;
import tv.roster.platform.outgoing.OutgoingRequests;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.templates.PageDialect;
import tv.roster.privacy.Erasures;
import tv.roster.privacy.ErasuresApi;
import tv.roster.privacy.PersonalDataExports;
import tv.roster.privacy.PersonalDataExportsApi;
import tv.roster.profiles.Profiles;
import tv.roster.profiles.ProfilesApi;
import tv.roster.settings.Settings;
import tv.roster.tenants.FirstStart;
import tv.roster.tenants.Tenants;
import tv.roster.tenants.TenantsApi;
import tv.roster.users.Users;
import tv.roster.users.bulk.BulkUsers;
import tv.roster.users.v4.DefaultProfileApi;
import tv.roster.users.v4.UserListApi;
import tv.roster.users.v4.UsersApi;
import tv.roster.values.ids.Ids;
import tv.roster.webhooks.WebhookEndpoints;
import tv.roster.webhooks.WebhookEndpointsApi;
import tv.roster.webhooks.addresses.WebhookNetworks;
import tv.roster.webhooks.delivery.Replays;
import tv.roster.webhooks.delivery.SecretRenewal;
import tv.roster.webhooks.delivery.WebhookWorker;
import tv.roster.webhooks.signatures.WebhookSecrets;

/// The server: creates all parts and connects them, in reading order.
public final class Application implements AutoCloseable {
    /// The time that the embedded PostgreSQL has to stop, regardless of how long the parts before it take.
    private static final Duration FOR_POSTGRES = Duration.ofSeconds(5);

    private final Parts parts = new Parts();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final FirstStart firstStart;
    private final Optional<FirstStart.Created> created;
    private final Optional<OutboxKey> outboxKey;
    private final EventLoops loops;
    private final Directory directory;
    private final SupportAgents agents;
    private final List<Area<?>> areas;
    private final Listeners listeners;
    private @Nullable EmbeddedPostgres embedded;

    /// Starts everything and returns when requests are served. If a later part fails, those already started are
    /// closed.
    public static Application start(Settings settings) {
        if (settings.database().roles().isPresent()) {
            closeToOthers(settings.dataFolder());
            return new Application(settings, settings.database().roles().get(), Application::clock);
        }
        var embedded = EmbeddedPostgres.start(settings.dataFolder(), EmbeddedPostgres.Options.DURABLE);
        try {
            var application = new Application(settings, embedded.roles(), Application::clock);
            application.embedded = embedded;
            return application;
        } catch (RuntimeException | Error failure) {
            embedded.close();
            throw failure;
        }
    }

    /// The embedded PostgreSQL protects its data folder itself.
    private static void closeToOthers(Path dataFolder) {
        try {
            PrivateFiles.folder(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InstantSource clock(Database database) {
        return new DatabaseClock(database.housekeeping(), InstantSource.system());
    }

    /// For tests, which bring their own database and clock.
    Application(Settings settings, DatabaseRoles roles, Function<Database, InstantSource> clocks) {
        try {
            var migrations = Migrations.of(roles, settings.database().patience());
            loops = parts.opened(new EventLoops());
            var database = parts.opened(
                    new Database(loops, roles.application(), settings.database().connections()));
            // Connects on the event loops while the schema is migrated here.
            database.beginToConnect();
            migrations.run();
            database.warmUp();
            var clock = clocks.apply(database);
            if (clock instanceof DatabaseClock shared) {
                parts.opened(shared);
            }
            var ids = new Ids(clock);
            var lines = new EventLines(ids, clock);
            firstStart = new FirstStart(database, settings.dataFolder(), ids, clock);
            created = firstStart.run(settings.demo());
            var secrets = parts.opened(new InstallationSecrets(database, clock));

            var directoryTable = new DirectoryTable(database);
            directory = parts.opened(new Directory(directoryTable));
            var failures = settings.access()
                    .failedAuthentications()
                    .map(limit -> new FailedAuthentications(limit, System::nanoTime))
                    .orElse(null);
            var lastUse = parts.opened(new LastUse(directoryTable));
            var refused = parts.opened(new RefusedCalls(new RefusedCallsTable(database, ids), clock));
            var access = new Access(directory, settings.access().trustedProxies(), failures, lastUse, refused, clock);
            var hasher = parts.opened(new PasswordHasher(
                    settings.passwords().argon2(), settings.passwords().hashing()));
            var calls = new TenantCalls(database, secrets.keys(KeyUse.REQUEST_DIGESTS), clock);
            agents = parts.opened(new SupportAgents(settings.console(), database, hasher, secrets, lines));
            var sweeper = parts.opened(new Sweeper<>(database, clock, sweeps(agents)));
            var retention = parts.opened(new EventRetention(database, settings.auditDays()).start());
            var subscribers = parts.opened(
                    new Subscribers(settings, database, hasher, secrets.keys(KeyUse.LINKS), lines, access::addressOf));

            outboxKey = subscribers.outboxKey();

            var cursorKeys = secrets.keys(KeyUse.CURSORS);
            var cursors = new Cursors(cursorKeys::known, cursorKeys::latest);
            var adminArea = Area.of(
                    Admin.BASE,
                    access,
                    DocumentDialect.DOCUMENTS,
                    all(List.of(
                            new TenantsApi(new Tenants(database, directory, lines), cursors).routes(),
                            new ApiKeysApi(new ApiKeys(database, directory, lines), cursors).routes(),
                            agents.api(cursors, consoleUrl(settings)).routes(),
                            new EventsApi(database, cursors).routes(),
                            new PasswordHashesApi(database, lines).routes(),
                            new SecretRotationsApi(new SecretRotations(database, secrets, lines)).routes(),
                            new AccessApi().routes())));

            var users = new Users(hasher, lines);
            var profiles = new Profiles(lines);
            var importSeal = new Seal(secrets.keys(KeyUse.IMPORTS));
            var imports = parts.opened(new Imports(importSeal, ids, clock));
            var importWorker = parts.opened(
                    new ImportWorker(database, directory, hasher, importSeal, new BulkUsers(lines), clock).start());
            var feed = new Feed(database, directory::eventRetention, clock);
            var feedWatch = new FeedWatch(database).start();
            var feedLag = parts.opened(new FeedLag(database).start());
            var networks = new WebhookNetworks(settings.webhooks().networks());
            var outgoing = parts.opened(new OutgoingRequests(loops, networks));
            var webhookSecrets = new WebhookSecrets(new Seal(secrets.keys(KeyUse.WEBHOOKS)));
            var webhooks = new WebhookEndpoints(outgoing, networks, webhookSecrets, feed, lines);
            var webhookWorker =
                    parts.opened(new WebhookWorker(database, feed, feedWatch, outgoing, webhookSecrets, lines).start());
            parts.opened(new SecretRenewal(database, webhookSecrets).start());
            var bssArea = Area.of(
                    UserManagement.BASE,
                    access,
                    DocumentDialect.DOCUMENTS,
                    all(List.of(
                            new UserListApi(cursors, database).routes(calls),
                            new UsersApi(users).routes(calls),
                            new DefaultProfileApi(users).routes(calls),
                            new ProfilesApi(profiles).routes(calls),
                            new DeletedUsersApi(new DeletedUsers(lines), cursors).routes(calls),
                            new OperationsApi(new Operations(users, profiles)).routes(calls),
                            subscribers.linksApi().routes(calls),
                            new OpenLinksApi(lines).routes(calls),
                            new MailsApi(cursors).routes(calls),
                            new CredentialChecksApi(new CredentialChecks(hasher, lines), ids).routes(calls),
                            new LoginLocksApi(lines).routes(calls),
                            new ImportsApi(imports, database, access, cursors, importWorker::soon).routes(calls),
                            new WebhookEndpointsApi(webhooks, cursors, webhookWorker::soon).routes(calls),
                            new ErasuresApi(new Erasures(importSeal, lines, clock)).routes(calls),
                            new ExportsApi(database, loops, access, clock).routes(calls),
                            new PersonalDataExportsApi(new PersonalDataExports(lines), database, access).routes(calls),
                            new FeedApi(feed, feedWatch, access).routes(calls),
                            new UserEventsApi(database, cursors).routes(calls),
                            new AccessApi().routes())));
            var watching = new ArrayList<Observer>(accessLog(settings, access));
            Optional<Area<?>> console = Optional.empty();
            if (settings.console().enabled()) {
                var recent = new RecentCalls(clock);
                watching.add(recent);
                var overview = new OverviewPages(recent, new Overview(database, new Replays(feed), clock), clock);
                console = Optional.of(new AgentConsole(
                                consoleUrl(settings),
                                access,
                                directory,
                                agents,
                                new ApiCalls(bssArea, adminArea),
                                database,
                                lines,
                                overview)
                        .area());
            }
            boolean leadsToConsole =
                    console.isPresent() && settings.console().port().isEmpty();
            var guides = all(List.of(new DocsPage().routes(), new GuidePages().routes(), new ErrorPages().routes()));
            var start = new StartPage(subscribers::opensOutboxTo, leadsToConsole).routes();
            var startOfAdmin = new StartPage(request -> false, false).routes();
            var dialect = new PageDialect(subscribers.view()::refused, DocumentDialect.DOCUMENTS);
            var pages = Area.ofPages(dialect, all(List.of(start, guides, subscribers.pages())));
            areas = Stream.concat(Stream.of(bssArea, adminArea, pages), console.stream())
                    .toList();
            listeners = parts.opened(new Listeners(
                    settings,
                    loops,
                    database,
                    watching,
                    new Listeners.Areas(
                            bssArea,
                            adminArea,
                            pages,
                            Area.ofPages(dialect, all(List.of(startOfAdmin, guides))),
                            console)));
            new Instruments(listeners.metrics())
                    .requests(listeners)
                    .database(database, clock)
                    .access(access, directory)
                    .passwords(hasher.figures())
                    .mails(subscribers.mails().map(MailQueue::figures))
                    .imports(importWorker.figures())
                    .feed(feedLag)
                    .webhooks(webhookWorker.figures())
                    .sweeps(sweeper, retention)
                    .log(LogLines.figures());
            // The first part to be closed: the health port remains open while requests are completed.
            parts.opened(listeners::drain);
            // Before that, so that calls which wait for events end.
            parts.opened(feedWatch);
        } catch (RuntimeException | Error failure) {
            // A signal during the start interrupts it; the parts must still be able to close without being
            // interrupted.
            var _ = Thread.interrupted();
            close();
            throw failure;
        }
    }

    /// Where links to the console lead, if it is known before somebody asks for one.
    private static Optional<URI> consoleUrl(Settings settings) {
        return settings.console().url().or(settings.http()::publicUrl);
    }

    private static List<Observer> accessLog(Settings settings, Access access) {
        return switch (settings.log().access()) {
            case OFF -> List.of();
            case ON -> List.of(new AccessLog(Application::party, null));
            case ADDRESSES -> List.of(new AccessLog(Application::party, access::clientOf));
        };
    }

    private static AccessLog.@Nullable Party party(Object caller) {
        return caller instanceof Caller known && known.identity() instanceof KnownKey key
                ? new AccessLog.Party(key.tenant() == null ? null : key.tenant().slug(), key.prefix())
                : null;
    }

    private static SequencedMap<String, Sweep<Database>> sweeps(SupportAgents agents) {
        var sweeps = new LinkedHashMap<String, Sweep<Database>>();
        sweeps.put("idempotency_keys", ExpiredKeys::sweep);
        sweeps.put("failed_logins", CredentialChecks::sweep);
        sweeps.put("account_links", AccountLinks::sweep);
        sweeps.put("mails", MailQueue::sweep);
        sweeps.put("installation_secrets", InstallationSecrets::sweep);
        sweeps.put("expired_imports", ImportLeftoversTable::expire);
        sweeps.put("purged_users", DeletedUsers::purge);
        sweeps.put("forgotten_users", DeletedUsers::forget);
        agents.addSweeps(sweeps);
        return sweeps;
    }

    private static <C> List<Route<C>> all(List<List<Route<C>>> features) {
        return features.stream().flatMap(List::stream).toList();
    }

    Listeners listeners() {
        return listeners;
    }

    EventLoops loops() {
        return loops;
    }

    /// The areas of the server, for tests that compare them with the API description.
    List<Area<?>> areas() {
        return areas;
    }

    SupportAgents agents() {
        return agents;
    }

    /// Reads tenants and keys again immediately instead of within a second.
    void refreshDirectory() {
        directory.refresh();
    }

    /// What to print at the terminal when the server is ready: its addresses, and a first request to paste. While there
    /// is no agent, each time a new link for the first administrator.
    public String readyLines() {
        var url = listeners.url();
        var lines = new StringBuilder();
        created.ifPresent(now -> lines.append(first(now)));
        outboxKey.ifPresent(key -> lines.append(
                key.isNew() ? """

                        Mails to subscribers are kept on a page for this machine (its key is kept in %s, and shown only now):
                          %s/outbox?key=%s
                        """.formatted(key.file(), url, key.value()) : """

                        Mails to subscribers are kept on the page %s/outbox, which opens with the key in %s.
                        """.formatted(url, key.file())));
        consoleUrl()
                .flatMap(console -> agents.links().makeFirst().map(link -> link.url(console)))
                .ifPresent(link -> lines.append("""

                There is no agent for the console yet. The first administrator is set up here (valid for an hour, once):
                  %s
                """.formatted(link)));
        lines.append("""

                Roster is ready on %s (health on port %d).""".formatted(url, listeners.healthPort()));
        if (Files.exists(firstStart.demoKeyFile())) {
            lines.append("""
                     The first call to try:
                      curl -H "Authorization: Apikey $(cat %s)" %s/users
                    """.formatted(quoted(firstStart.demoKeyFile()), url + UserManagement.BASE));
        }
        return lines.toString();
    }

    /// Where agents find the console, if there is one.
    private Optional<String> consoleUrl() {
        return areas.stream().anyMatch(area -> area.base().equals(ConsoleDialect.BASE))
                ? Optional.of(listeners.consoleUrl())
                : Optional.empty();
    }

    private String first(FirstStart.Created now) {
        return now.demo() == null
                ? """

                The key for the admin API is kept in %s. Create a tenant and a key of it:
                  export ROSTER_ADMIN_KEY=$(cat %s)
                  ./roster tenant create north-tv --name "North TV"
                  ./roster key create north-tv --name BSS
                """.formatted(firstStart.adminKeyFile(), quoted(firstStart.adminKeyFile()))
                : """

                A tenant "demo" was made, with this key (kept in %s, and shown only now):
                  %s
                """.formatted(firstStart.demoKeyFile(), now.demo().value());
    }

    /// The same for a log: where the server is, and no keys.
    String readyLine() {
        return "Roster is ready on %s (health on port %d).".formatted(listeners.url(), listeners.healthPort());
    }

    private static String quoted(Path file) {
        var path = file.toString();
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /// Continues to serve for `drain` while load balancers and clients are directed elsewhere, then completes the
    /// requests in progress and closes all parts in reverse order, by the deadline.
    void stop(Duration drain, Deadline deadline) {
        listeners.leave();
        Deadline.in(drain).await();
        close(deadline);
    }

    /// Completes the requests in progress, then closes everything.
    @Override
    public void close() {
        close(Deadline.in(Stopping.LIMIT));
    }

    private void close(Deadline deadline) {
        parts.close(deadline.earlier(FOR_POSTGRES));
        if (embedded != null) {
            embedded.close(deadline.left());
        }
        closed.countDown();
    }

    /// Waits until it is closed.
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }
}
