package tv.roster.credentials;

import io.vertx.sqlclient.Row;
import java.util.Optional;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads and ends the lockout of a user.
final class LoginLocksTable {
    /// The lockout ends when the first of the last `$4` wrong passwords no longer counts.
    private static final String FIND = """
            select coalesce(w.wrong, 0) as wrong,
                   case when w.wrong >= $4::int then w.times[cardinality(w.times) - $4::int + 1] end as first_of_most
              from roster_user u
              left join (
                     select w.subject, w.times, cardinality(w.times) - width_bucket($3::bigint, w.times) as wrong
                       from wrong_password w where w.tenant_id = $1 and w.subject = $2) w on w.subject = u.id
             where u.tenant_id = $1 and u.id = $2""";

    /// Wrong passwords that no longer count are removed as well, but that is no event.
    private static final Sql END = Sql.of("""
            with subscriber as (
                select u.id from roster_user u where u.tenant_id = :tenant and u.id = :user
            ), ended as (
                delete from wrong_password w using subscriber s
                 where w.tenant_id = :tenant and w.subject = s.id
                returning w.subject, cardinality(w.times) - width_bucket(:since::bigint, w.times) as wrong
            ), logged as (
                %s
            )
            select s.id from subscriber s""".formatted(EventLog.ofAdmin("'user.login_unlocked'")
            .tenant(":tenant")
            .person("e.subject")
            .from("ended e where e.wrong > 0")));

    private LoginLocksTable() {}

    /// Empty if there is no such user. Wrong passwords of `since` or earlier do not count.
    static Optional<LoginLock> find(Statements statements, TenantId tenant, UserId user, long since) {
        return statements
                .find(FIND, tenant.value(), user.value(), since, CredentialChecks.MOST_WRONG)
                .map(LoginLocksTable::lock);
    }

    private static LoginLock lock(Row row) {
        var first = row.getLong("first_of_most");
        return new LoginLock(row.getLong("wrong"), first == null ? null : first + CredentialChecks.WINDOW.toSeconds());
    }

    /// Ends the lockout if there is one; returns whether there is such a user.
    static boolean end(Statements statements, TenantId tenant, UserId user, long since, EventLine line) {
        return statements
                .first(END.bind()
                        .set("tenant", tenant.value())
                        .set("user", user.value())
                        .set("since", since)
                        .set(line))
                .isPresent();
    }
}
