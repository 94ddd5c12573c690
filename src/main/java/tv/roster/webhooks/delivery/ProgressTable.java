package tv.roster.webhooks.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.FeedPosition;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.UserId;

/// How far the deliveries to an endpoint have come. Only the node that has the endpoint changes it.
final class ProgressTable {
    private static final Sql ADVANCE = Sql.of("""
            update webhook_endpoint e
               set position = :position, last_success_time = coalesce(:success_time::bigint, e.last_success_time),
                   failing_since = :failing_since::bigint,
                   last_failure_time = coalesce(:failure_time::bigint, e.last_failure_time),
                   last_failure_status = case when :failure_time::bigint is null then e.last_failure_status
                                              else :failure_status::int end,
                   last_failure_detail = case when :failure_time::bigint is null then e.last_failure_detail
                                              else :failure_detail::text end
             where e.tenant_id = :tenant and e.id = :id and e.node_id = :node and e.replays = :replays
            returning e.id""");

    private static final String WAITING = """
            select w.user_id, w.after_position, w.attempts, w.since, w.due_time
              from webhook_waiting w
             where w.tenant_id = $1 and w.endpoint_id = $2""";

    private static final String WAIT = """
            insert into webhook_waiting (tenant_id, endpoint_id, user_id, after_position, attempts, since, due_time)
            select $1, $2, w.user_id, w.after_position, w.attempts, w.since, w.due_time
              from unnest($3::uuid[], $4::text[], $5::int[], $6::bigint[], $7::bigint[])
                   as w (user_id, after_position, attempts, since, due_time)
                on conflict (tenant_id, endpoint_id, user_id) do update
               set after_position = excluded.after_position, attempts = excluded.attempts, since = excluded.since,
                   due_time = excluded.due_time""";

    private static final String CAUGHT_UP =
            "delete from webhook_waiting w where w.tenant_id = $1 and w.endpoint_id = $2 and w.user_id = any($3)";

    private static final String LOCK = """
            select e.position from webhook_endpoint e
             where e.tenant_id = $1 and e.id = $2 for no key update of e""";

    private static final Sql PUT_BACK = Sql.of("""
            with changed as (
                update webhook_endpoint e
                   set position = :position, replays = e.replays + 1, generation = e.generation + 1
                 where e.tenant_id = :tenant and e.id = :id
                returning e.*
            ), logged as (
                %s
            )
            select e.id from changed e""".formatted(EventLog.ofAdmin("'webhook_endpoint.replayed'")
            .tenant(":tenant")
            .after("jsonb_build_object('id', e.id)")
            .from("changed e")));

    private static final Sql DISABLE = Sql.of("""
            with changed as (
                update webhook_endpoint e
                   set status = 'DISABLED', disabled_reason = :reason, generation = e.generation + 1
                 where e.tenant_id = :tenant and e.id = :id and e.node_id = :node and e.generation = :generation
                   and e.status = 'ENABLED'
                returning e.*
            ), logged as (
                %s
            )
            select e.id from changed e""".formatted(EventLog.ofAdmin("'webhook_endpoint.disabled'")
            .tenant(":tenant")
            .after(
                    "jsonb_build_object('id', e.id, 'url', e.url, 'status', e.status, 'disabled_reason', e.disabled_reason)")
            .from("changed e")));

    private ProgressTable() {}

    /// What an attempt that failed said.
    ///
    /// @param time in epoch milliseconds
    record Failure(
            long time, @Nullable Integer status, @Nullable String detail) {}

    /// What has been reached; times are in epoch milliseconds, and null for what is not known to have happened.
    record Step(
            FeedPosition position,
            @Nullable Long successTime,
            @Nullable Long failingSince,
            @Nullable Failure failure) {}

    /// Returns false if the endpoint is no longer the node's, or its position was changed by a call.
    static boolean advance(Statements transaction, Assigned endpoint, UUID node, Step step) {
        var failure = step.failure();
        return transaction
                .first(ADVANCE.bind()
                        .set("tenant", endpoint.key().tenant().value())
                        .set("id", endpoint.key().id().value())
                        .set("node", node)
                        .set("replays", endpoint.replays())
                        .set("position", step.position().text(endpoint.key().tenant()))
                        .set("success_time", step.successTime())
                        .set("failing_since", step.failingSince())
                        .set("failure_time", failure == null ? null : failure.time())
                        .set("failure_status", failure == null ? null : failure.status())
                        .set("failure_detail", failure == null ? null : failure.detail()))
                .isPresent();
    }

    static List<WaitingUser> waiting(Statements statements, EndpointKey key, FeedPosition beginning) {
        var users = new ArrayList<WaitingUser>();
        for (var row : statements.read(WAITING, key.tenant().value(), key.id().value())) {
            users.add(new WaitingUser(
                    new UserId(row.getUUID("user_id")),
                    FeedPosition.parse(key.tenant(), row.getString("after_position"))
                            .orElse(beginning),
                    row.getInteger("attempts"),
                    row.getLong("since"),
                    row.getLong("due_time")));
        }
        return users;
    }

    static void wait(Statements transaction, EndpointKey key, Collection<WaitingUser> users) {
        var columns = new Columns<>(List.copyOf(users));
        transaction.query(
                WAIT,
                key.tenant().value(),
                key.id().value(),
                columns.uuids(one -> one.user().value()),
                columns.texts(one -> one.after().text(key.tenant())),
                columns.integers(WaitingUser::attempts),
                columns.longs(WaitingUser::since),
                columns.longs(WaitingUser::due));
    }

    static void caughtUp(Statements transaction, EndpointKey key, Collection<UserId> users) {
        transaction.query(
                CAUGHT_UP,
                key.tenant().value(),
                key.id().value(),
                users.stream().map(UserId::value).toArray(UUID[]::new));
    }

    /// The position of an endpoint, which nobody changes before the transaction ends; empty if there is none.
    static Optional<String> lock(Statements transaction, EndpointKey key) {
        return transaction.first(LOCK, key.tenant().value(), key.id().value()).map(row -> row.getString("position"));
    }

    static void putBack(Statements transaction, EndpointKey key, FeedPosition since, EventLine line) {
        transaction.query(PUT_BACK.bind()
                .set("tenant", key.tenant().value())
                .set("id", key.id().value())
                .set("position", since.text(key.tenant()))
                .set(line));
    }

    /// Returns false if the endpoint has been changed meanwhile.
    static boolean disable(Statements statements, Assigned endpoint, UUID node, String reason, EventLine line) {
        return statements
                .first(DISABLE.bind()
                        .set("tenant", endpoint.key().tenant().value())
                        .set("id", endpoint.key().id().value())
                        .set("node", node)
                        .set("generation", endpoint.generation())
                        .set("reason", reason)
                        .set(line))
                .isPresent();
    }
}
