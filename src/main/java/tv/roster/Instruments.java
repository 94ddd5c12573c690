package tv.roster;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tv.roster.access.Access;
import tv.roster.access.AccessFigures;
import tv.roster.access.Directory;
import tv.roster.access.ratelimit.Policy;
import tv.roster.credentials.hashing.HashingFigures;
import tv.roster.events.feed.FeedLag;
import tv.roster.events.retention.EventRetention;
import tv.roster.imports.ImportFigures;
import tv.roster.platform.background.Sweeper;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.DatabaseClock;
import tv.roster.platform.database.LaneFigures;
import tv.roster.platform.http.wire.HttpServer;
import tv.roster.platform.logging.LogFigures;
import tv.roster.platform.mail.MailFigures;
import tv.roster.platform.metrics.Metrics;
import tv.roster.platform.timing.Durations;
import tv.roster.webhooks.delivery.WebhookFigures;

/// The names and meanings of all metrics of Roster itself, and where each figure comes from. Those of requests
/// are in `platform.metrics`; docs/monitoring.md lists all of them.
final class Instruments {
    private final Metrics metrics;

    Instruments(Metrics metrics) {
        this.metrics = metrics;
        metrics.gauge(
                "roster_build_info",
                "Always 1; the label has the version",
                List.of("version"),
                Map.of(List.of(Main.version()), () -> 1));
    }

    Instruments requests(Listeners listeners) {
        metrics.gauge(
                "roster_ready",
                "Whether /health/ready reports that calls are served",
                () -> listeners.isReady() ? 1 : 0);
        gauge(listeners, "roster_http_connections", "Open connections of clients", HttpServer::openConnections);
        gauge(listeners, "roster_http_requests_in_progress", "Requests under way", HttpServer::requestsUnderWay);
        gauge(
                listeners,
                "roster_http_held_bytes",
                "Bytes that requests and responses hold in memory",
                HttpServer::heldBytes);
        metrics.histogram(
                "roster_event_loop_lag_seconds",
                "How long an event waits for its loop, measured once a second on each",
                listeners.watch().lags());
        return this;
    }

    private void gauge(Listeners listeners, String name, String help, ToDoubleFunction<HttpServer> figure) {
        metrics.gauge(
                name,
                help,
                () -> listeners.servers().stream().mapToDouble(figure).sum());
    }

    Instruments database(Database database, InstantSource clock) {
        metrics.gauge("roster_database_up", "Whether the database accepts writes", () -> database.isReady() ? 1 : 0);
        gauge(database, "roster_database_connections", "Open connections by purpose", LaneFigures::open);
        gauge(
                database,
                "roster_database_connections_in_use",
                "Connections with something in progress",
                LaneFigures::inUse);
        gauge(database, "roster_database_connections_limit", "The most connections by purpose", LaneFigures::most);
        gauge(database, "roster_database_waiting", "Statements that wait for a connection", LaneFigures::waiting);
        durations(
                database,
                "roster_database_wait_seconds",
                "How long statements and transactions waited for a connection",
                LaneFigures::waits);
        durations(
                database,
                "roster_database_use_seconds",
                "How long statements and transactions took, once they had a connection",
                LaneFigures::uses);
        var statements = new LinkedHashMap<List<String>, LongSupplier>();
        for (var lane : database.figures()) {
            for (var outcome : LaneFigures.Outcome.values()) {
                statements.put(List.of(lane.purpose(), outcome.word()), () -> lane.statements(outcome));
            }
        }
        metrics.counter(
                "roster_database_statements_total", "Statements by outcome", List.of("purpose", "outcome"), statements);
        if (clock instanceof DatabaseClock shared) {
            metrics.gauge(
                    "roster_clock_ahead_seconds",
                    "By how much this machine's clock is ahead of the database's",
                    shared::ahead);
        }
        return this;
    }

    private void gauge(Database database, String name, String help, ToDoubleFunction<LaneFigures> figure) {
        metrics.gauge(
                name,
                help,
                List.of("purpose"),
                database.figures().stream()
                        .collect(Collectors.<LaneFigures, List<String>, DoubleSupplier>toMap(
                                lane -> List.of(lane.purpose()), lane -> () -> figure.applyAsDouble(lane))));
    }

    private void durations(Database database, String name, String help, Function<LaneFigures, Durations> durations) {
        metrics.histogram(
                name,
                help,
                "purpose",
                database.figures().stream().collect(Collectors.toMap(LaneFigures::purpose, durations)));
    }

    Instruments access(Access access, Directory directory) {
        metrics.counter(
                "roster_failed_authentications_total",
                "Calls without a key that is in force",
                access.figures()::failedAuthentications);
        metrics.counter(
                "roster_rate_limited_total",
                "Calls that a rate limit has rejected",
                List.of("limit"),
                AccessFigures.limits().stream()
                        .collect(Collectors.<Policy, List<String>, LongSupplier>toMap(
                                policy -> List.of(policy.headerName()),
                                policy -> () -> access.figures().limited(policy))));
        metrics.gauge(
                "roster_directory_age_seconds",
                "How long ago the tenants and keys in memory were compared with the database",
                directory::ageSeconds);
        metrics.gauge("roster_directory_keys", "API keys in force", directory::keys);
        return this;
    }

    Instruments passwords(HashingFigures hashing) {
        metrics.gauge("roster_hashing_waiting", "Calls that wait for a hashing thread", hashing::waiting);
        metrics.gauge("roster_hashing_running", "Passwords that are being hashed", hashing::running);
        metrics.counter(
                "roster_hashing_rejected_total",
                "Calls rejected because too many waited for a hashing thread, or for too long",
                hashing::rejected);
        metrics.histogram("roster_hashing_wait_seconds", "How long calls waited for a hashing thread", hashing.waits());
        metrics.histogram("roster_hashing_duration_seconds", "How long it took to hash a password", hashing.uses());
        return this;
    }

    /// Without a mail server, all are 0.
    Instruments mails(Optional<MailFigures> mails) {
        var ended = new LinkedHashMap<List<String>, LongSupplier>();
        ended.put(List.of("sent"), () -> figure(mails, MailFigures::sent));
        ended.put(List.of("failed"), () -> figure(mails, MailFigures::failed));
        ended.put(List.of("given_up"), () -> figure(mails, MailFigures::givenUp));
        ended.put(List.of("withdrawn"), () -> figure(mails, MailFigures::withdrawn));
        metrics.counter("roster_mails_total", "Attempts to send a mail, by outcome", List.of("outcome"), ended);
        metrics.gauge(
                "roster_mails_queued", "Mails in the queue of all nodes", () -> figure(mails, MailFigures::queued));
        metrics.gauge(
                "roster_mails_oldest_seconds",
                "How long the oldest mail has been in the queue",
                () -> mails.map(MailFigures::oldestSeconds).orElse(0.0));
        return this;
    }

    private static long figure(Optional<MailFigures> mails, Function<MailFigures, Long> figure) {
        return mails.map(figure).orElse(0L);
    }

    Instruments webhooks(WebhookFigures webhooks) {
        var attempts = new LinkedHashMap<List<String>, LongSupplier>();
        attempts.put(List.of("succeeded"), webhooks::succeeded);
        attempts.put(List.of("failed"), webhooks::failed);
        metrics.counter(
                "roster_webhook_attempts_total",
                "Attempts of this node to deliver an event, by outcome",
                List.of("outcome"),
                attempts);
        var endpoints = new LinkedHashMap<List<String>, DoubleSupplier>();
        endpoints.put(List.of("working"), webhooks::working);
        endpoints.put(List.of("failing"), webhooks::failing);
        metrics.gauge("roster_webhook_endpoints", "Endpoints to which this node delivers", List.of("state"), endpoints);
        metrics.gauge("roster_webhook_requests", "Requests to endpoints under way", webhooks::requests);
        metrics.gauge(
                "roster_webhook_waiting_users",
                "Users one of whose events has failed and is tried again by itself",
                webhooks::waiting);
        metrics.gauge(
                "roster_webhook_parked_users",
                "Those of them whose event has failed six times or more",
                webhooks::parked);
        metrics.counter("roster_webhook_given_up_total", "Events left out after three days", webhooks::givenUpEvents);
        metrics.counter(
                "roster_webhook_disabled_total", "Endpoints that this node has disabled", webhooks::disabledEndpoints);
        metrics.gauge(
                "roster_webhook_backlog_seconds",
                "How long ago the oldest event happened that an endpoint has not received",
                List.of("endpoint"),
                webhooks.ages());
        return this;
    }

    Instruments imports(ImportFigures imports) {
        var rows = new LinkedHashMap<List<String>, LongSupplier>();
        for (var outcome : ImportFigures.Outcome.values()) {
            rows.put(List.of(outcome.word()), () -> imports.rows(outcome));
        }
        metrics.counter(
                "roster_import_rows_total",
                "Rows of imports that this node has carried out, by outcome; those of dry runs included",
                List.of("outcome"),
                rows);
        metrics.counter(
                "roster_import_repetitions_total",
                "Rows carried out again together because one of their users had been changed meanwhile",
                imports::repetitions);
        metrics.gauge("roster_imports_running", "Imports of all nodes that have begun", imports::running);
        metrics.gauge("roster_imports_waiting", "Imports of all nodes that have not begun yet", imports::waiting);
        metrics.gauge(
                "roster_imports_oldest_waiting_seconds",
                "How long the oldest import that has not begun yet has waited",
                imports::oldestSeconds);
        return this;
    }

    Instruments feed(FeedLag lag) {
        metrics.gauge(
                "roster_feed_lag_seconds",
                "How long events have waited for a transaction that is still open before they can be read",
                lag::seconds);
        return this;
    }

    Instruments log(LogFigures log) {
        metrics.counter(
                "roster_log_lines_total",
                "Warnings and errors, counted before repeated ones are summarised",
                List.of("level"),
                Map.of(List.of("warn"), log.warnings(), List.of("error"), log.errors()));
        metrics.counter(
                "roster_log_lines_lost_total",
                "Lines that were not written because the output was blocked",
                List.of("log"),
                Map.of(List.of("server"), log.lost(), List.of("access"), log.lostAccess()));
        return this;
    }

    Instruments sweeps(Sweeper<?> sweeper, EventRetention retention) {
        var deleted = new LinkedHashMap<List<String>, LongSupplier>();
        sweeper.deleted().forEach((kind, rows) -> deleted.put(List.of(kind), rows::sum));
        deleted.put(List.of("events"), retention.deleted()::sum);
        deleted.put(List.of("audit"), retention.deletedAudit()::sum);
        metrics.counter("roster_swept_rows_total", "Expired rows that were deleted", List.of("kind"), deleted);
        metrics.counter(
                "roster_sweep_failures_total",
                "Failed attempts to delete expired rows",
                () -> sweeper.failures() + retention.failures());
        return this;
    }
}
