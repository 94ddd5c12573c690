package tv.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.eventloop.LoopWatch;
import tv.roster.platform.files.PrivateFiles;
import tv.roster.platform.health.HealthApi;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.wire.HttpServer;
import tv.roster.platform.http.wire.HttpServer.Crowd;
import tv.roster.platform.http.wire.HttpServer.Listener;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.metrics.Metrics;
import tv.roster.platform.templates.PageDialect;
import tv.roster.platform.tls.ServerCertificate;
import tv.roster.platform.tracing.RequestSpans;
import tv.roster.settings.Settings;

/// The ports: for the API, for health and metrics, and for the admin API if it has a separate one.
final class Listeners implements AutoCloseable {
    private final Parts parts = new Parts();
    private final Settings settings;
    private final Database database;
    private final Metrics metrics = new Metrics();
    private final Observer observer;
    private final LoopWatch watch;
    private final HttpServer server;
    private final HttpServer admin;
    private final HttpServer console;
    private final HttpServer health;

    /// What is served: `pages` on the API's port, `guides` on the separate port of the admin API, which is not for
    /// subscribers.
    record Areas(
            Area<?> api, Area<?> administration, Area<?> pages, Area<?> guides, Optional<? extends Area<?>> console) {}

    /// Starts listening; if one port cannot be opened, those already open are closed again. `watching` are told of
    /// each response.
    Listeners(Settings settings, EventLoops loops, Database database, List<Observer> watching, Areas served) {
        this.settings = settings;
        this.database = database;
        try {
            observer = observer(watching);
            var tls = tls();
            var areas = new ArrayList<Area<?>>(List.of(served.api()));
            var apart = settings.admin().port();
            if (apart.isEmpty()) {
                areas.add(served.administration());
            }
            var consolePort = settings.console().port();
            if (consolePort.isEmpty()) {
                served.console().ifPresent(areas::add);
            }
            areas.add(served.pages());
            server = parts.opened(serve(
                    loops,
                    new Listener(
                            settings.http().host(),
                            settings.http().port(),
                            tls,
                            settings.http().requestTimeout(),
                            settings.http().requestsAtOnce(),
                            false,
                            crowd()),
                    areas));
            admin = apart.isEmpty()
                    ? server
                    : apart(loops, settings.admin().host(), apart.get(), tls, served.administration(), served.guides());
            console = consolePort.isEmpty() || served.console().isEmpty()
                    ? server
                    : apart(
                            loops,
                            settings.console().host(),
                            consolePort.get(),
                            tls,
                            served.console().get(),
                            served.guides());
            watch = parts.opened(new LoopWatch(loops.all()));
            var inside = new ArrayList<>(new HealthApi(watch::isAlive, this::isReady).routes());
            inside.addAll(metrics.routes());
            health = parts.opened(new HttpServer(
                    loops.apart(),
                    new Listener(
                            settings.health().host(),
                            settings.health().port(),
                            null,
                            settings.http().requestTimeout(),
                            settings.http().requestsAtOnce(),
                            true),
                    linksOfHealth(),
                    Observer.NONE,
                    List.of(Area.ofPages(PageDialect.ofFiles(DocumentDialect.DOCUMENTS), inside))));
            writeUrl();
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /// A listener for one area, and the guides.
    private HttpServer apart(
            EventLoops loops, String host, int port, @Nullable Supplier<SSLEngine> tls, Area<?> area, Area<?> guides) {
        return parts.opened(new HttpServer(
                loops,
                new Listener(
                        host,
                        port,
                        tls,
                        settings.http().requestTimeout(),
                        settings.http().requestsAtOnce(),
                        false,
                        crowd()),
                Origin.OF_THE_REQUEST,
                observer,
                List.of(area, guides)));
    }

    private Observer observer(List<Observer> watching) {
        var observers = new ArrayList<Observer>(List.of(metrics.requests()));
        observers.addAll(watching);
        RequestSpans.whereAgentRuns().map(parts::opened).ifPresent(observers::add);
        return observers.size() == 1 ? observers.getFirst() : Observer.all(observers);
    }

    private HttpServer serve(EventLoops loops, Listener listener, List<Area<?>> areas) {
        var links = settings.http()
                .publicUrl()
                .map(url -> Origin.at(url.toASCIIString()))
                .orElse(Origin.OF_THE_REQUEST);
        return new HttpServer(loops, listener, links, observer, areas);
    }

    private Crowd crowd() {
        return new Crowd(
                settings.http().connections(),
                settings.http().connectionsPerAddress(),
                address -> settings.access().trustedProxies().trusts(IpAddress.of(address)));
    }

    /// The health port has no pages, so links in its errors refer to the API's port.
    private Origin linksOfHealth() {
        boolean everywhere = settings.http().publicUrl().isEmpty()
                && isWildcard(settings.http().host());
        return everywhere ? Origin.onPort(scheme(), server.port()) : Origin.at(url());
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private String scheme() {
        return settings.http().tls().isPresent() ? "https" : "http";
    }

    /// Whether a call would be served now.
    boolean isReady() {
        return watch.isAlive() && server.isOpen() && database.isReady();
    }

    /// What is reported on the health port.
    Metrics metrics() {
        return metrics;
    }

    /// The listeners that serve calls: one, or a second one for the admin API.
    List<HttpServer> servers() {
        return Stream.of(server, admin, console).distinct().toList();
    }

    LoopWatch watch() {
        return watch;
    }

    private @Nullable Supplier<SSLEngine> tls() {
        return settings.http()
                .tls()
                .<Supplier<SSLEngine>>map(files -> parts.opened(new ServerCertificate(files))::newEngine)
                .orElse(null);
    }

    /// The address for clients.
    String url() {
        return settings.http()
                .publicUrl()
                .map(Object::toString)
                .orElseGet(() -> url(settings.http().host(), server.port()));
    }

    /// The address of the admin API on this machine.
    String adminUrl() {
        return admin == server
                ? url(settings.http().host(), server.port())
                : url(settings.admin().host(), admin.port());
    }

    private String url(String host, int port) {
        var name = host.contains(":") ? "[" + host + "]" : host;
        return scheme() + "://" + (isWildcard(host) ? "127.0.0.1" : name) + ":" + port;
    }

    /// The address for agents.
    String consoleUrl() {
        return settings.console()
                .url()
                .map(Object::toString)
                .orElseGet(
                        () -> console == server ? url() : url(settings.console().host(), console.port()));
    }

    int consolePort() {
        return console.port();
    }

    int port() {
        return server.port();
    }

    int adminPort() {
        return admin.port();
    }

    int healthPort() {
        return health.port();
    }

    /// Continues to serve, but is no longer ready and asks clients to connect elsewhere.
    void leave() {
        servers().forEach(HttpServer::leave);
    }

    /// Accepts no more requests and completes those in progress; the health port keeps reporting "not ready".
    void drain() {
        servers().forEach(HttpServer::drain);
    }

    /// The client commands look here for a server on this machine: the URL of its admin API, and that of its API.
    private void writeUrl() {
        try {
            PrivateFiles.write(urlFile(), adminUrl() + System.lineSeparator() + url() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.opened(() -> Files.deleteIfExists(urlFile()));
    }

    private Path urlFile() {
        return settings.dataFolder().resolve("server-url");
    }

    @Override
    public void close() {
        parts.close();
    }
}
