package tv.roster.credentials;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the data for a login check in one statement, and counts wrong passwords for all nodes.
final class CredentialChecksTable {
    /// The kind of a hash, with the same expression as in the index `user_password_kind`.
    private static final String KIND = """
            (case when password_hash like '$2%' then left(password_hash, 7)
                  else left(password_hash,
                            - length(split_part(password_hash, '$', -1)) - length(split_part(password_hash, '$', -2)) - 1)
                       || length(rtrim(split_part(password_hash, '$', -1), '='))
             end collate "C")""";

    /// The kinds of the hashes of the tenant's users, each found with one descent of the index.
    private static final String KINDS = """
            array(
                with recursive kind (word) as (
                    (select %1$s as word from roster_user
                      where tenant_id = $1 and password_hash is not null order by word limit 1)
                    union all
                    select (select %1$s as word from roster_user
                             where tenant_id = $1 and password_hash is not null and %1$s > k.word
                             order by word limit 1)
                      from kind k where k.word is not null
                )
                select k.word from kind k where k.word is not null)""".formatted(KIND);

    /// Returns one row whether the user exists or not, at the same cost.
    private static final String FIND = """
            select u.id, u.password_hash, u.registered_time is not null as registered,
                   coalesce('%s' = any (u.user_flags), false) as restricted,
                   coalesce(u.id, $3) as subject,
                   coalesce(cardinality(w.times) - width_bucket($4::bigint, w.times), 0) as wrong,
                   %s as kinds
              from (values (1)) as always (one)
              left join roster_user u on u.tenant_id = $1 and u.%s = $2
              left join wrong_password w on w.tenant_id = $1 and w.subject = coalesce(u.id, $3)""";

    private static final String FIND_BY_EMAIL = FIND.formatted(KnownTenant.LOGIN_RESTRICTED, KINDS, "email_key");
    private static final String FIND_BY_EXTERNAL_ID =
            FIND.formatted(KnownTenant.LOGIN_RESTRICTED, KINDS, "external_id");

    /// Adds one wrong password to those since then, unless there are already `:most`. The lock on the row
    /// serializes concurrent guesses. The guess that locks a user out writes an event, unless one was written since
    /// then.
    ///
    /// The times are in order, so `width_bucket` is the number of those that no longer count. A subquery in the
    /// values of an insert is rejected by a distributed PostgreSQL.
    private static final Sql ADD_WRONG = Sql.of("""
            with counted as (
                insert into wrong_password as w (tenant_id, subject, times, last_time)
                values (:tenant, :subject, array[:now::bigint], :now)
                on conflict (tenant_id, subject) do update
                   set times = w.times[width_bucket(:since::bigint, w.times) + 1:] || greatest(w.last_time, :now),
                       last_time = greatest(w.last_time, :now),
                       locked_event =
                           case when (w.locked_event is null or w.locked_event < :first_event_since)
                                 and cardinality(w.times) - width_bucket(:since::bigint, w.times) = :most - 1
                                then :event_id else w.locked_event end
                 where cardinality(w.times) - width_bucket(:since::bigint, w.times) < :most
                returning w.subject, w.locked_event = :event_id as locks
            ), locked as (
                select c.subject as user_id from counted c where c.locks
            ), %s, logged as (
                %s
            )
            select c.subject from counted c""".formatted(
                    EventLog.touched("locked"),
                    EventLog.besideUser("'user.login_locked'", "u").from("touched u")));

    /// Resets the count of wrong passwords after a login, and returns whether the login was still allowed. Writes
    /// nothing if there is nothing to reset.
    private static final String CLEAR = """
            with cleared as (
                delete from wrong_password w
                 where w.tenant_id = $1 and w.subject = $2
                   and cardinality(w.times) - width_bucket($3::bigint, w.times) < $4
                returning w.subject
            )
            select exists (select from wrong_password w
                            where w.tenant_id = $1 and w.subject = $2
                              and cardinality(w.times) - width_bucket($3::bigint, w.times) >= $4
                              and not exists (select from cleared)) as locked""";

    private static final String REPLACE_HASH = """
            update roster_user set password_hash = $4
             where tenant_id = $1 and id = $2 and password_hash = $3""";

    private static final String SWEEP = """
            delete from wrong_password
             where (tenant_id, subject) in
                   (select w.tenant_id, w.subject from wrong_password w where w.last_time < $1 limit $2)
               and last_time < $1""";

    private static final String ERASE = "delete from wrong_password where tenant_id = $1 and subject = any($2)";

    private CredentialChecksTable() {}

    /// The data for a login name. `subject` is the id by which wrong passwords are counted, `hash` the stored text,
    /// and `kinds` are the kinds of all of the tenant's hashes.
    record StoredCredentials(
            UUID subject,
            @Nullable UserId user,
            @Nullable String hash,
            boolean registered,
            boolean restricted,
            long wrong,
            List<String> kinds) {
        @Override
        public String toString() {
            return "StoredCredentials[" + user + "]";
        }
    }

    static StoredCredentials find(Statements statements, TenantId tenant, LoginName name, long since) {
        var row = switch (name) {
            case LoginName.Email(String key) ->
                statements.lookUp(FIND_BY_EMAIL, tenant.value(), key, name.asSubject(), since);
            case LoginName.ExternalId(String value) ->
                statements.lookUp(FIND_BY_EXTERNAL_ID, tenant.value(), value, name.asSubject(), since);
        };
        return row.map(CredentialChecksTable::found).orElseThrow();
    }

    private static StoredCredentials found(Row row) {
        var id = row.getUUID("id");
        return new StoredCredentials(
                row.getUUID("subject"),
                id == null ? null : new UserId(id),
                row.getString("password_hash"),
                row.getBoolean("registered"),
                row.getBoolean("restricted"),
                row.getLong("wrong"),
                List.of(row.getArrayOfStrings("kinds")));
    }

    /// Returns false if there have already been `most` since then. `author` is the caller of the check.
    static boolean addWrong(
            Statements statements, TenantId tenant, UUID subject, long now, long since, int most, EventLine line) {
        return statements
                .first(ADD_WRONG
                        .bind()
                        .set("tenant", tenant.value())
                        .set("subject", subject)
                        .set("now", now)
                        .set("since", since)
                        .set("most", most)
                        .set("first_event_since", Ids.firstOf(since))
                        .set(line))
                .isPresent();
    }

    /// Returns false if other checks have used up all attempts in the meantime.
    static boolean clear(Statements statements, TenantId tenant, UUID subject, long since, int most) {
        return !statements
                .first(CLEAR, tenant.value(), subject, since, most)
                .orElseThrow()
                .getBoolean("locked");
    }

    /// Stores a new hash of the same password, unless another password was set in the meantime. The user's version
    /// does not change, since nothing that a client sees has changed.
    static void replaceHash(Statements statements, TenantId tenant, UserId user, String former, PasswordHash hash) {
        statements.query(REPLACE_HASH, tenant.value(), user.value(), former, hash.text());
    }

    static int sweep(Statements statements, long before, int limit) {
        return statements.query(SWEEP, before, limit).rowCount();
    }

    /// Forgets these subjects; returns the number of those that had wrong passwords.
    static int erase(Statements statements, TenantId tenant, UUID[] subjects) {
        return statements.query(ERASE, tenant.value(), subjects).rowCount();
    }
}
