package tv.roster.users;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.CredentialChecks;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.profiles.ProfileName;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Creates and changes users, each with one statement that also writes the entry in the event log.
public final class UserChangesTable {
    private static final Sql CREATE = Sql.of("""
            with made as (
                insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key,
                    telephone, telephone_digits, user_flags, external_id, registered_time, password_hash,
                    default_profile_id, updated_time, feed_order)
                values (:tenant, :id, 1, :name, :name_key, :name_folded, :email, :email_key,
                    :telephone, :telephone_digits, :user_flags, :external_id, :registered_time, :password_hash,
                    :profile, :now, %s)
                returning *
            ), profile as (
                insert into user_profile (tenant_id, id, user_id, name) values (:tenant, :profile, :id, :profile_name)
            )
            %s""".formatted(
                    EventLog.firstPlace(),
                    EventLog.ofUser("'user.created'", "u")
                            .after(EventLog.userState("u"))
                            .from("made u")));

    private static final String PROFILE_IDS =
            "select p.id from user_profile p where p.tenant_id = $1 and p.user_id = $2";

    /// What a change wants of a user `b`: parameters such as `:sets_name` say whether a member was sent.
    public static final String WANTED = """
            b.id, b.version,
            case when :sets_name then :name else b.name end as name,
            case when :sets_name then :name_key else b.name_key end as name_key,
            case when :sets_name then :name_folded else b.name_folded end as name_folded,
            case when :sets_email then :email else b.email end as email,
            case when :sets_email then :email_key else b.email_key end as email_key,
            case when :sets_telephone then :telephone else b.telephone end as telephone,
            case when :sets_telephone then :telephone_digits else b.telephone_digits end as telephone_digits,
            case when :sets_flags then :user_flags::text[] else b.user_flags end as user_flags,
            case when :sets_external_id then :external_id else b.external_id end as external_id,
            case when :registered::boolean is null then b.registered_time
                 when :registered then coalesce(b.registered_time, greatest(b.updated_time, :now))
                 end as registered_time,
            case when :sets_password then :password_hash else b.password_hash end as password_hash,
            coalesce(:default_profile, b.default_profile_id) as default_profile_id""";

    private static final String CHANGED = """
            update roster_user u
               set version = u.version + 1, name = w.name, name_key = w.name_key, name_folded = w.name_folded,
                   email = w.email, email_key = w.email_key, telephone = w.telephone,
                   telephone_digits = w.telephone_digits, user_flags = w.user_flags, external_id = w.external_id,
                   registered_time = w.registered_time, password_hash = w.password_hash,
                   default_profile_id = w.default_profile_id, updated_time = greatest(u.updated_time, :now),
                   feed_order = %2$s,
                   link_generation = u.link_generation + case
                       when (w.password_hash, w.registered_time, w.email_key) is distinct from
                            (u.password_hash, u.registered_time, u.email_key) then 1 else 0 end
              from wanted w
             where u.tenant_id = :tenant and %1$s and u.id = w.id
               and (u.name, u.email, u.telephone, u.user_flags, u.external_id, u.registered_time,
                    u.password_hash, u.default_profile_id)
                   is distinct from
                   (w.name, w.email, w.telephone, w.user_flags, w.external_id, w.registered_time,
                    w.password_hash, w.default_profile_id)
            returning u.*""";

    private static final String CHANGE = """
            with before as (
                select u as found, u.*, (:versions::int[] is null or u.version = any(:versions)) as version_holds,
                       (:expected::uuid is null or u.id = :expected) as id_holds
                  from roster_user u
                 where u.tenant_id = :tenant and %s
                   for no key update
            ), wanted as (
                select %s
                  from before b
                 where b.version_holds and b.id_holds
            ), changed as (
                %s
            ), %slogged as (
                %s
            )
            select %s, b.version_holds, b.id_holds
              from before b
              join lateral (
                       select c.* from changed c
                       union all
                       select (b.found).* where not exists (select from changed)
                   ) u on true""";

    private static final String UPDATED = updated().from("changed u cross join before b");

    private static final Sql CHANGE_BY_ID = change("u.id = :key::uuid", "");

    private static final Sql CHANGE_BY_EXTERNAL_ID = change("u.external_id = :key::text", "");

    private static final Sql CHANGE_PASSWORD_BY_ID = change("u.id = :key::uuid", CredentialChecks.UNLOCKED + ", ");

    private static final Sql CHANGE_PASSWORD_BY_EXTERNAL_ID =
            change("u.external_id = :key::text", CredentialChecks.UNLOCKED + ", ");

    private UserChangesTable() {}

    /// Changes the users that `wanted` would change. A change without effect leaves the row and its version as
    /// they are. A new password, state or address ends the user's links. The users are named twice, by `wanted` and
    /// by the condition `key`: see docs/decisions/0034-plans-of-empty-tables.md.
    public static String changed(String key) {
        return CHANGED.formatted(key, EventLog.nextPlace("u"));
    }

    /// The entry about a changed user `u` that was `b` before.
    public static EventLog updated() {
        return EventLog.ofUser("""
                case when u.password_hash is distinct from b.password_hash
                      and (u.name, u.email, u.telephone, u.user_flags, u.external_id, u.registered_time,
                           u.default_profile_id)
                          is not distinct from
                          (b.name, b.email, b.telephone, b.user_flags, b.external_id, b.registered_time,
                           b.default_profile_id)
                     then 'user.password_changed' else 'user.updated' end""", "u").before(EventLog.userState("b")).after("""
                    case when u.password_hash is distinct from b.password_hash
                         then %1$s || '{"password_changed": true}' else %1$s end""".formatted(EventLog.userState("u")));
    }

    private static Sql change(String key, String unlocked) {
        return Sql.of(CHANGE.formatted(key, WANTED, changed(key), unlocked, UPDATED, UsersTable.COLUMNS));
    }

    private static Sql change(UserKey key, UserChange wanted) {
        if (wanted.password().present()) {
            return key.isExternal() ? CHANGE_PASSWORD_BY_EXTERNAL_ID : CHANGE_PASSWORD_BY_ID;
        }
        return key.isExternal() ? CHANGE_BY_EXTERNAL_ID : CHANGE_BY_ID;
    }

    /// Creates the user and its default profile. Throws a unique violation of `user_email_taken` or
    /// `user_external_id_taken`.
    static User create(
            Statements statements,
            TenantId tenant,
            UUID id,
            UUID profile,
            UserChange wanted,
            @Nullable PasswordHash password,
            EventLine line) {
        // All times of a new user are the time in its id.
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
        statements.query(values(CREATE, wanted, password)
                .set("tenant", tenant.value())
                .set("id", id)
                .set("user_flags", user.flags().toArray(String[]::new))
                .set("registered_time", registered)
                .set("profile", profile)
                .set("profile_name", ProfileName.ofUser(name).value())
                .set("now", now)
                .set(line));
        return user;
    }

    static List<ProfileId> profileIds(Statements statements, TenantId tenant, UserId id) {
        var ids = new ArrayList<ProfileId>();
        statements
                .read(PROFILE_IDS, tenant.value(), id.value())
                .forEach(row -> ids.add(new ProfileId(row.getUUID("id"))));
        return ids;
    }

    /// The outcome of a change: the user as it is now, and whether the conditions held.
    record Outcome(User user, boolean versionHolds, boolean idHolds) {}

    /// Changes the user with this id or external id; empty if there is none.
    static Optional<Outcome> change(
            Statements statements,
            TenantId tenant,
            UserKey key,
            UserChange wanted,
            @Nullable PasswordHash password,
            ExpectedVersion version,
            @Nullable UserId expected,
            EventLine line) {
        var row = statements.first(values(change(key, wanted), wanted, password)
                .set("tenant", tenant.value())
                .set("key", key.parameter())
                .set("sets_name", wanted.name().present())
                .set("sets_email", wanted.email().present())
                .set("sets_telephone", wanted.telephone().present())
                .set("sets_flags", wanted.flags().present())
                .set("user_flags", array(wanted.flagWords()))
                .set("sets_external_id", wanted.externalId().present())
                .set("registered", wanted.state().map(state -> state == RegistrationState.REGISTERED))
                .set("sets_password", wanted.password().present())
                .set("default_profile", wanted.defaultProfile().map(ProfileId::value))
                .set("versions", version.oneOf())
                .set("expected", expected == null ? null : expected.value())
                .set("now", line.epochSecond())
                .set(line));
        return row.map(UserChangesTable::outcome);
    }

    /// The parameters that both statements have in common.
    private static Sql.Binding values(Sql sql, UserChange wanted, @Nullable PasswordHash password) {
        return sql.bind()
                .set("name", wanted.name().map(FullName::value))
                .set("name_key", wanted.name().map(FullName::sortKey))
                .set("name_folded", wanted.name().map(FullName::folded))
                .set("email", wanted.email().map(EmailAddress::value))
                .set("email_key", wanted.email().map(EmailAddress::key))
                .set("telephone", wanted.telephone().map(TelephoneNumber::value))
                .set("telephone_digits", wanted.telephone().map(TelephoneNumber::digits))
                .set("external_id", wanted.externalId().map(ExternalId::value))
                .set("password_hash", password == null ? null : password.text());
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                UsersTable.user(row, UserInclude.NOTHING), row.getBoolean("version_holds"), row.getBoolean("id_holds"));
    }

    private static String @Nullable [] array(@Nullable List<String> words) {
        return words == null ? null : words.toArray(String[]::new);
    }
}
