package tv.roster.activation.support;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the mails to a user in the order of their ids.
final class MailsTable {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    /// One row at least if there is such a user.
    private static final String LIST = """
            select m.*
              from roster_user u
              left join (
                     select m.id, m.kind, m.recipient, m.language, m.status, m.attempts, m.created_time, m.expires_time,
                            m.finished_time, case when m.status = 'queued' then m.due_time end as next_attempt_time,
                            m.accepted_host, m.accepted_response, m.failure
                       from mail m
                      where m.tenant_id = $1 and m.user_id = $2 and m.id %s $3
                      order by m.id %s limit $4) m on true
             where u.tenant_id = $1 and u.id = $2
             order by m.id desc""";

    private static final String NEWEST_FIRST = LIST.formatted("<", "desc");
    private static final String BACKWARDS = LIST.formatted(">", "asc");

    private MailsTable() {}

    /// Up to `limit` mails before the one with the id `from`, or after it with `backwards`; always the newest first.
    /// Empty if there is no such user.
    static Optional<List<SubscriberMail>> list(
            Statements statements, TenantId tenant, UserId user, @Nullable UUID from, boolean backwards, int limit) {
        var rows = statements.read(
                backwards ? BACKWARDS : NEWEST_FIRST,
                tenant.value(),
                user.value(),
                from == null ? AFTER_ALL : from,
                limit);
        var mails = new ArrayList<SubscriberMail>(rows.size());
        for (var row : rows) {
            if (row.getUUID("id") != null) {
                mails.add(mail(row));
            }
        }
        return rows.size() == 0 ? Optional.empty() : Optional.of(mails);
    }

    private static SubscriberMail mail(Row row) {
        return new SubscriberMail(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("recipient"),
                row.getString("language"),
                row.getString("status"),
                row.getInteger("attempts"),
                row.getLong("created_time"),
                row.getLong("expires_time"),
                row.getLong("finished_time"),
                row.getLong("next_attempt_time"),
                row.getString("accepted_host"),
                row.getString("accepted_response"),
                row.getString("failure"));
    }
}
