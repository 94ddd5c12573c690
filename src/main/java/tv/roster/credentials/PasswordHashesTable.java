package tv.roster.credentials;

import tv.roster.events.log.EventLine;
import tv.roster.platform.database.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Stores hashes from another system, which ends the user's links and lockout.
final class PasswordHashesTable {
    private static final String REPLACE = """
            with changed as (
                update roster_user u
                   set password_hash = $3, version = u.version + 1, updated_time = greatest(u.updated_time, $4),
                       link_generation = u.link_generation + 1
                 where u.tenant_id = $1 and u.id = $2
                returning u.tenant_id, u.id, u.version
            ), %s, logged as (
                insert into user_event (tenant_id, id, time, kind, user_id, api_key_id, address, request_id, after)
                select c.tenant_id, $5, $6, 'user.password_imported', c.id, $7, $8, $9,
                       jsonb_build_object('version', c.version, 'password_set', true)
                  from changed c
            )
            select c.version from changed c""".formatted(CredentialChecks.UNLOCKED);

    private PasswordHashesTable() {}

    /// Returns false if there is no such user.
    static boolean replace(Statements statements, TenantId tenant, UserId user, PasswordHash hash, EventLine line) {
        return statements
                .first(
                        REPLACE,
                        tenant.value(),
                        user.value(),
                        hash.text(),
                        line.epochSecond(),
                        line.id().value(),
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId())
                .isPresent();
    }
}
