package tv.roster.users;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.CredentialChecks;
import tv.roster.credentials.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.platform.database.Statements;
import tv.roster.profiles.ProfileName;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Creates and changes users: one statement each, which writes its line in the event log as well.
final class UserChangesTable {
    /// What the event log keeps of a user: all but the password.
    static final String STATE = """
            jsonb_build_object('version', u.version, 'name', u.name, 'user_flags', u.user_flags, 'email', u.email,
                'telephone_number_E123', u.telephone, 'registration_time', u.registered_time,
                'external_id', u.external_id, 'default_user_profile', u.default_profile_id,
                'password_set', u.password_hash is not null)""";

    private static final String CREATE = """
            with made as (
                insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key,
                    telephone, telephone_digits, user_flags, external_id, registered_time, password_hash,
                    default_profile_id, updated_time)
                values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                returning *
            ), profile as (
                insert into user_profile (tenant_id, id, user_id, name) values ($1, $14, $2, $16)
            )
            insert into user_event (tenant_id, id, time, kind, user_id, api_key_id, address, request_id, after)
            select u.tenant_id, $17, $18, 'user.created', u.id, $19, $20, $21, %s from made u""".formatted(STATE);

    private static final String LOCK = "select %s from roster_user u where u.tenant_id = $1 and %s for no key update";

    private static final String LOCK_BY_ID = LOCK.formatted(UsersTable.COLUMNS, "u.id = $2::uuid");

    private static final String LOCK_BY_EXTERNAL_ID = LOCK.formatted(UsersTable.COLUMNS, "u.external_id = $2::text");

    private static final String PROFILE_IDS =
            "select p.id from user_profile p where p.tenant_id = $1 and p.user_id = $2";

    /// Each pair of parameters says whether a member was sent, and its value. A change that changes nothing leaves the
    /// row, its version and the event log alone. Another password, state or address ends the user's links.
    private static final String CHANGE = """
            with before as (
                select u as found, u.*, ($26::int[] is null or u.version = any($26)) as version_holds,
                       ($27::uuid is null or u.id = $27) as id_holds
                  from roster_user u
                 where u.tenant_id = $1 and %s
                   for no key update
            ), wanted as (
                select b.id, b.version,
                       case when $3 then $4 else b.name end as name,
                       case when $3 then $5 else b.name_key end as name_key,
                       case when $3 then $6 else b.name_folded end as name_folded,
                       case when $7 then $8 else b.email end as email,
                       case when $7 then $9 else b.email_key end as email_key,
                       case when $10 then $11 else b.telephone end as telephone,
                       case when $10 then $12 else b.telephone_digits end as telephone_digits,
                       case when $13 then $14::text[] else b.user_flags end as user_flags,
                       case when $15 then $16 else b.external_id end as external_id,
                       case when $17::boolean is null then b.registered_time
                            when $17 then coalesce(b.registered_time, greatest(b.updated_time, $20)) end as registered_time,
                       case when $18 then $19 else b.password_hash end as password_hash,
                       coalesce($28, b.default_profile_id) as default_profile_id
                  from before b
                 where b.version_holds and b.id_holds
            ), changed as (
                update roster_user u
                   set version = u.version + 1, name = w.name, name_key = w.name_key, name_folded = w.name_folded,
                       email = w.email, email_key = w.email_key, telephone = w.telephone,
                       telephone_digits = w.telephone_digits, user_flags = w.user_flags, external_id = w.external_id,
                       registered_time = w.registered_time, password_hash = w.password_hash,
                       default_profile_id = w.default_profile_id, updated_time = greatest(u.updated_time, $20),
                       link_generation = u.link_generation + case
                           when (w.password_hash, w.registered_time, w.email_key) is distinct from
                                (u.password_hash, u.registered_time, u.email_key) then 1 else 0 end
                  from wanted w
                 where u.tenant_id = $1 and u.id = w.id
                   and (u.name, u.email, u.telephone, u.user_flags, u.external_id, u.registered_time,
                        u.password_hash, u.default_profile_id)
                       is distinct from
                       (w.name, w.email, w.telephone, w.user_flags, w.external_id, w.registered_time,
                        w.password_hash, w.default_profile_id)
                returning u.*
            ), %slogged as (
                insert into user_event
                    (tenant_id, id, time, kind, user_id, api_key_id, address, request_id, before, after)
                select u.tenant_id, $21, $22, 'user.updated', u.id, $23, $24, $25,
                       (select %s from before u), %s
                  from changed u
            )
            select %s, b.version_holds, b.id_holds
              from before b
              join lateral (
                       select c.* from changed c
                       union all
                       select (b.found).* where not exists (select from changed)
                   ) u on true""";

    private static final String CHANGE_BY_ID = change("u.id = $2::uuid", "");

    private static final String CHANGE_BY_EXTERNAL_ID = change("u.external_id = $2::text", "");

    private static final String CHANGE_PASSWORD_BY_ID = change("u.id = $2::uuid", CredentialChecks.UNLOCKED + ", ");

    private static final String CHANGE_PASSWORD_BY_EXTERNAL_ID =
            change("u.external_id = $2::text", CredentialChecks.UNLOCKED + ", ");

    private UserChangesTable() {}

    private static String change(String key, String unlocked) {
        return CHANGE.formatted(key, unlocked, STATE, STATE, UsersTable.COLUMNS);
    }

    private static String change(UserKey key, UserChange wanted) {
        if (wanted.password().present()) {
            return key.isExternal() ? CHANGE_PASSWORD_BY_EXTERNAL_ID : CHANGE_PASSWORD_BY_ID;
        }
        return key.isExternal() ? CHANGE_BY_EXTERNAL_ID : CHANGE_BY_ID;
    }

    /// Makes the user and its default profile. Throws a unique violation of `user_email_taken` or
    /// `user_external_id_taken`.
    static User create(
            Statements statements,
            TenantId tenant,
            UUID id,
            UUID profile,
            UserChange wanted,
            @Nullable PasswordHash password,
            EventLine line) {
        // All times of a new user are that of its id.
        var now = Ids.epochSecond(id);
        var registered = wanted.state().value() == RegistrationState.REGISTERED ? now : null;
        var name = wanted.name().map(FullName::value);
        var flags = wanted.flagWords();
        var user = new User(
                new UserId(id),
                1,
                name,
                flags == null ? List.of() : flags,
                wanted.email().map(EmailAddress::value),
                wanted.telephone().map(TelephoneNumber::value),
                registered,
                wanted.externalId().map(ExternalId::value),
                new ProfileId(profile),
                password != null,
                now,
                List.of());
        statements.query(
                CREATE,
                tenant.value(),
                id,
                name,
                wanted.name().map(FullName::sortKey),
                wanted.name().map(FullName::folded),
                user.email(),
                wanted.email().map(EmailAddress::key),
                user.telephone(),
                wanted.telephone().map(TelephoneNumber::digits),
                user.flags().toArray(String[]::new),
                user.externalId(),
                registered,
                password == null ? null : password.text(),
                profile,
                now,
                ProfileName.ofUser(name).value(),
                line.id().value(),
                line.time(),
                line.apiKey(),
                line.address(),
                line.requestId());
        return user;
    }

    /// A user that nobody else changes until the transaction ends.
    static Optional<User> lock(Statements transaction, TenantId tenant, UserKey key) {
        return transaction
                .first(key.isExternal() ? LOCK_BY_EXTERNAL_ID : LOCK_BY_ID, tenant.value(), key.parameter())
                .map(row -> UsersTable.user(row, UserInclude.NOTHING));
    }

    static List<ProfileId> profileIds(Statements statements, TenantId tenant, UserId id) {
        var ids = new ArrayList<ProfileId>();
        statements
                .read(PROFILE_IDS, tenant.value(), id.value())
                .forEach(row -> ids.add(new ProfileId(row.getUUID("id"))));
        return ids;
    }

    /// What became of a change: the user as it is now, and whether the conditions held.
    record Outcome(User user, boolean versionHolds, boolean idHolds) {}

    /// Changes the user with this id or external id, or finds that there is none.
    static Optional<Outcome> change(
            Statements statements,
            TenantId tenant,
            UserKey key,
            UserChange wanted,
            @Nullable PasswordHash password,
            ExpectedVersion version,
            @Nullable UserId expected,
            EventLine line) {
        var row = statements.first(
                change(key, wanted),
                tenant.value(),
                key.parameter(),
                wanted.name().present(),
                wanted.name().map(FullName::value),
                wanted.name().map(FullName::sortKey),
                wanted.name().map(FullName::folded),
                wanted.email().present(),
                wanted.email().map(EmailAddress::value),
                wanted.email().map(EmailAddress::key),
                wanted.telephone().present(),
                wanted.telephone().map(TelephoneNumber::value),
                wanted.telephone().map(TelephoneNumber::digits),
                wanted.flags().present(),
                array(wanted.flagWords()),
                wanted.externalId().present(),
                wanted.externalId().map(ExternalId::value),
                wanted.state().map(state -> state == RegistrationState.REGISTERED),
                wanted.password().present(),
                password == null ? null : password.text(),
                line.epochSecond(),
                line.id().value(),
                line.time(),
                line.apiKey(),
                line.address(),
                line.requestId(),
                version.oneOf(),
                expected == null ? null : expected.value(),
                wanted.defaultProfile().map(ProfileId::value));
        return row.map(UserChangesTable::outcome);
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                UsersTable.user(row, UserInclude.NOTHING), row.getBoolean("version_holds"), row.getBoolean("id_holds"));
    }

    private static String @Nullable [] array(@Nullable List<String> words) {
        return words == null ? null : words.toArray(String[]::new);
    }
}
