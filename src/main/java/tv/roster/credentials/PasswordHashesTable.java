package tv.roster.credentials;

import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Stores hashes from another system, which ends the user's links and lockout.
final class PasswordHashesTable {
    private static final Sql REPLACE = Sql.of("""
            with changed as (
                update roster_user u
                   set password_hash = :password_hash, version = u.version + 1,
                       updated_time = greatest(u.updated_time, :now), link_generation = u.link_generation + 1,
                       feed_order = %s
                 where u.tenant_id = :tenant and u.id = :id
                returning u.*
            ), %s, logged as (
                %s
            )
            select c.version from changed c""".formatted(
                    EventLog.nextPlace("u"),
                    CredentialChecks.UNLOCKED,
                    EventLog.besideUser("'user.password_imported'", "c")
                            .after("jsonb_build_object('version', c.version, 'password_set', true)")
                            .from("changed c")));

    private PasswordHashesTable() {}

    /// Returns false if there is no such user.
    static boolean replace(Statements statements, TenantId tenant, UserId user, PasswordHash hash, EventLine line) {
        return statements
                .first(REPLACE.bind()
                        .set("tenant", tenant.value())
                        .set("id", user.value())
                        .set("password_hash", hash.text())
                        .set("now", line.epochSecond())
                        .set(line))
                .isPresent();
    }
}
