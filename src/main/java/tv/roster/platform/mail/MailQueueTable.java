package tv.roster.platform.mail;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.brands.Brand;
import tv.roster.values.ids.TenantId;
import tv.roster.values.languages.Language;

/// The queue of mails. The statement that creates a link adds its mail.
final class MailQueueTable {
    /// More than the nodes that look for mails at the same time.
    private static final int MOST_DUE = 20;

    /// Whether the link in a mail of this tenant belongs to the user and its current generation. Its expiry is checked
    /// against the time in the mail.
    private static final String GOOD = """
            exists (select from account_link l
                      join roster_user u
                        on u.tenant_id = %1$s and u.id = l.user_id and u.link_generation = l.generation
                     where l.tenant_id = %1$s and l.user_id = m.user_id and l.kind = m.kind and l.id = m.link_id)""";

    private static final String COLUMNS = """
            m.tenant_id, m.id, m.kind, m.recipient, m.language, m.sealed_link, m.created_time, m.expires_time,
            m.attempts, coalesce(t.settings ->> 'sender_name', t.name) as sender_name,
            t.settings ->> 'sender_address' as sender_address, t.settings ->> 'brand_color' as brand_color,
            (select u.name from roster_user u where u.tenant_id = %s and u.id = m.user_id) as name, %s as good""";

    /// Locks nothing, since a distributed PostgreSQL cannot lock rows of many tenants: [#CLAIM] decides who has one.
    private static final String DUE = """
            select q.tenant_id, q.id
              from mail q
             where q.status = 'queued' and q.due_time <= $1
             order by q.due_time
             limit %d""".formatted(MOST_DUE);

    /// Takes a row until the lease ends, even if the node dies; returns nothing if another node has taken it.
    private static final String CLAIM = """
            with claimed as (
                update mail m
                   set due_time = $4, attempts = m.attempts + 1
                 where m.tenant_id = $1 and m.id = $2 and m.status = 'queued' and m.due_time <= $3
                returning m.*
            )
            select %s
              from claimed m
              join tenant t on t.id = $1""".formatted(columns("$1"));

    private static final String FINISH = """
            update mail
               set status = $3, finished_time = $4, sealed_link = null, accepted_host = $5, accepted_response = $6,
                   failure = $7
             where tenant_id = $1 and id = $2 and status = 'queued'""";

    private static final String POSTPONE = """
            update mail set due_time = $3, failure = $4 where tenant_id = $1 and id = $2 and status = 'queued'""";

    private static final String WAITING = """
            select %s
              from mail m
              join tenant t on t.id = m.tenant_id
             where m.status = 'queued' and m.expires_time > $1 and %s
             order by m.created_time desc, m.id desc
             limit $2""".formatted(columns("m.tenant_id"), GOOD.formatted("m.tenant_id"));

    private static final String WAITING_ONE = """
            select %s
              from mail m
              join tenant t on t.id = m.tenant_id
             where m.id = $2 and m.status = 'queued' and m.expires_time > $1 and %s""".formatted(columns("m.tenant_id"), GOOD.formatted("m.tenant_id"));

    private static final String SWEEP = """
            delete from mail
             where (tenant_id, id) in
                   (select f.tenant_id, f.id from mail f where f.expires_time < $1 limit $2)""";

    /// Counted only up to a limit, so that it stays cheap however long the mail server is away.
    private static final String BACKLOG = """
            select count(*) as mails, min(q.created_time) as oldest
              from (select m.created_time from mail m where m.status = 'queued' limit 100000) q""";

    private MailQueueTable() {}

    private static String columns(String tenant) {
        return COLUMNS.formatted(tenant, GOOD.formatted(tenant));
    }

    /// The mails in the queue.
    ///
    /// @param oldest when the oldest of them was created; null if there is none
    record Backlog(long mails, @Nullable Instant oldest) {
        static final Backlog EMPTY = new Backlog(0, null);
    }

    static Backlog backlog(Statements statements) {
        var row = statements.read(BACKLOG).iterator().next();
        var oldest = row.getLong("oldest");
        return new Backlog(row.getLong("mails"), oldest == null ? null : Instant.ofEpochSecond(oldest));
    }

    /// How a mail leaves the queue.
    enum End {
        SENT("sent"),
        WITHDRAWN("withdrawn"),
        GIVEN_UP("given_up");

        private final String word;

        End(String word) {
            this.word = word;
        }
    }

    /// How a mail leaves the queue, and why.
    ///
    /// @param acceptance null unless it was sent
    /// @param failure    null unless it was given up; says nothing about the person
    record Outcome(
            End end,
            @Nullable Acceptance acceptance,
            @Nullable String failure) {
        static Outcome of(End end) {
            return new Outcome(end, null, null);
        }

        static Outcome sent(Acceptance acceptance) {
            return new Outcome(End.SENT, acceptance, null);
        }

        static Outcome givenUp(String failure) {
            return new Outcome(End.GIVEN_UP, null, failure);
        }
    }

    static Optional<Mail> claim(Statements statements, LinkSeal seal, long now, long leaseEnd) {
        for (var due : statements.read(DUE, now)) {
            var claimed = statements.first(CLAIM, due.getUUID("tenant_id"), due.getUUID("id"), now, leaseEnd);
            if (claimed.isPresent()) {
                return claimed.map(row -> mail(row, seal));
            }
        }
        return Optional.empty();
    }

    static void finish(Statements statements, Mail mail, Outcome outcome, long now) {
        var acceptance = outcome.acceptance();
        statements.query(
                FINISH,
                mail.tenant().value(),
                mail.id(),
                outcome.end().word,
                now,
                acceptance == null ? null : acceptance.host(),
                acceptance == null ? null : acceptance.response(),
                outcome.failure());
    }

    static void postpone(Statements statements, Mail mail, long due, String failure) {
        statements.query(POSTPONE, mail.tenant().value(), mail.id(), due, failure);
    }

    /// The newest mails in the queue whose links are still valid.
    static List<Mail> waiting(Statements statements, LinkSeal seal, long now, int limit) {
        var mails = new ArrayList<Mail>();
        statements.read(WAITING, now, limit).forEach(row -> mails.add(mail(row, seal)));
        return mails;
    }

    static Optional<Mail> waiting(Statements statements, LinkSeal seal, long now, UUID id) {
        return statements.find(WAITING_ONE, now, id).map(row -> mail(row, seal));
    }

    static int sweep(Statements statements, long before, int limit) {
        return statements.query(SWEEP, before, limit).rowCount();
    }

    private static Mail mail(Row row, LinkSeal seal) {
        var id = row.getUUID("id");
        return new Mail(
                new TenantId(row.getUUID("tenant_id")),
                id,
                MailKind.named(row.getString("kind")),
                row.getString("recipient"),
                row.getString("name"),
                Language.tagged(row.getString("language")).orElse(Language.EN),
                row.getString("sender_name"),
                row.getString("sender_address"),
                Brand.of(null, null, row.getString("brand_color")).color(),
                seal.open(row.getBuffer("sealed_link").getBytes(), id).orElse(null),
                row.getBoolean("good"),
                Instant.ofEpochSecond(row.getLong("created_time")),
                Instant.ofEpochSecond(row.getLong("expires_time")),
                row.getInteger("attempts"));
    }
}
