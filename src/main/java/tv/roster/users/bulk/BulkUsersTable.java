package tv.roster.users.bulk;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.profiles.ProfileName;
import tv.roster.users.UserChange;
import tv.roster.users.UserChangesTable;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.values.Sent;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;

/// Creates and changes many users, each with one statement that also writes their entries in the event log.
final class BulkUsersTable {
    private static final Sql CREATE = Sql.of("""
            with u as (
                select *, 1 as version, %s as feed_order
                  from unnest(:ids::uuid[], :names::text[], :name_keys::text[], :names_folded::text[], :emails::text[],
                           :email_keys::text[], :telephones::text[], :telephones_digits::text[], :flags::text[],
                           :external_ids::text[], :registered::bigint[], :password_hashes::text[], :profiles::uuid[],
                           :profile_names::text[], :times::bigint[], :event_ids::uuid[])
                    as r (id, name, name_key, name_folded, email, email_key, telephone, telephone_digits, flags,
                          external_id, registered_time, password_hash, default_profile_id, profile_name, updated_time,
                          event_id),
                       lateral (select r.flags::text[] as user_flags) f
            ), made as (
                insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key,
                    telephone, telephone_digits, user_flags, external_id, registered_time, password_hash,
                    default_profile_id, updated_time, feed_order)
                select :tenant, u.id, 1, u.name, u.name_key, u.name_folded, u.email, u.email_key,
                       u.telephone, u.telephone_digits, u.user_flags, u.external_id, u.registered_time, u.password_hash,
                       u.default_profile_id, u.updated_time, u.feed_order
                  from u
            ), profile as (
                insert into user_profile (tenant_id, id, user_id, name)
                select :tenant, u.default_profile_id, u.id, u.profile_name from u
            )
            %s""".formatted(
                    EventLog.firstPlace(),
                    EventLog.ofUser("'user.created'", "u")
                            .id("u.event_id")
                            .ofImport()
                            .after(EventLog.userState("u"))
                            .from("u")));

    /// Each change is that of [UserChangesTable], with values from the rows `r` instead of parameters, of users
    /// that still have the version that their row was compared with.
    private static final String CHANGE = """
            with rows as (
                select *
                  from unnest(:ids::uuid[], :versions::int[], :set_names::bool[], :names::text[], :name_keys::text[],
                           :names_folded::text[], :set_emails::bool[], :emails::text[], :email_keys::text[],
                           :set_telephones::bool[], :telephones::text[], :telephones_digits::text[],
                           :set_flags::bool[], :flags::text[], :set_external_ids::bool[], :external_ids::text[],
                           :registered::bool[], :set_passwords::bool[], :password_hashes::text[],
                           :default_profiles::uuid[], :event_ids::uuid[])
                    as r (id, version, sets_name, name, name_key, name_folded, sets_email, email, email_key,
                          sets_telephone, telephone, telephone_digits, sets_flags, user_flags, sets_external_id,
                          external_id, registered, sets_password, password_hash, default_profile, event_id)
            ), before as (
                select b.*
                  from roster_user b
                  join rows r on r.id = b.id and r.version = b.version
                 where b.tenant_id = :tenant and b.id = any(:ids::uuid[])
                 order by b.id
                   for no key update of b
            ), wanted as (
                select %s
                  from before b
                  join rows r on r.id = b.id
            ), changed as (
                %s
            ), %slogged as (
                %s
            )
            select c.id from changed c""";

    private static final String UNLOCKED = """
            unlocked as (
                delete from wrong_password w using rows r
                 where w.tenant_id = :tenant and w.subject = any(:ids::uuid[])
                   and w.subject = r.id and r.sets_password
            )""";

    private static final String LOGGED = UserChangesTable.updated()
            .id("r.event_id")
            .ofImport()
            .from("changed u join before b on b.id = u.id join rows r on r.id = u.id");

    private static final String CHANGED = UserChangesTable.changed("u.id = any(:ids::uuid[])");

    private static final Sql CHANGE_MEMBERS = change("");

    private static final Sql CHANGE_PASSWORDS = change(UNLOCKED + ", ");

    private BulkUsersTable() {}

    private static Sql change(String unlocked) {
        var wanted = UserChangesTable.WANTED.replaceAll("(?<!:):(?!now\\b)(?=[a-z])", "r.");
        return Sql.of(CHANGE.formatted(wanted, CHANGED, unlocked, LOGGED));
    }

    /// Creates these users with their default profiles. Throws a unique violation if somebody else has taken an
    /// address or an external id since they were compared.
    static void create(
            Statements transaction, TenantId tenant, UUID importId, List<Plan.Write> writes, Ids ids, EventLine line) {
        var rows = new Columns<>(writes);
        transaction.query(values(CREATE, rows, ids, line)
                .set("tenant", tenant.value())
                .set("flags", rows.texts(write -> array(write.after().user().flags())))
                .set("registered", rows.longs(write -> write.after().user().registeredTime()))
                .set(
                        "profiles",
                        rows.uuids(
                                write -> write.after().user().defaultProfile().value()))
                .set(
                        "profile_names",
                        rows.texts(write ->
                                ProfileName.ofUser(write.after().user().name()).value()))
                .set("times", rows.longs(write -> write.after().user().updatedTime()))
                .set("event_import", importId));
    }

    /// Changes these users, each at most once; returns how many of them still had the version that was expected.
    static int change(
            Statements transaction, TenantId tenant, UUID importId, List<Plan.Write> writes, Ids ids, EventLine line) {
        var rows = new Columns<>(writes);
        boolean passwords = writes.stream().anyMatch(write -> write.row().setsPassword());
        return transaction
                .query(values(passwords ? CHANGE_PASSWORDS : CHANGE_MEMBERS, rows, ids, line)
                        .set("tenant", tenant.value())
                        .set(
                                "versions",
                                rows.integers(write -> write.after().user().version() - 1))
                        .set("set_names", sets(rows, UserChange::name))
                        .set("set_emails", sets(rows, UserChange::email))
                        .set("set_telephones", sets(rows, UserChange::telephone))
                        .set("set_flags", sets(rows, UserChange::flags))
                        .set("flags", rows.texts(write -> array(write.change().flagWords())))
                        .set("set_external_ids", sets(rows, UserChange::externalId))
                        .set(
                                "registered",
                                rows.booleans(write ->
                                        write.change().state().map(state -> state == RegistrationState.REGISTERED)))
                        .set("set_passwords", rows.booleans(write -> write.row().setsPassword()))
                        .set(
                                "default_profiles",
                                rows.uuids(
                                        write -> write.change().defaultProfile().map(ProfileId::value)))
                        .set("event_import", importId)
                        .set("now", line.epochSecond()))
                .rowCount();
    }

    /// The parameters that all statements have in common.
    private static Sql.Binding values(Sql sql, Columns<Plan.Write> rows, Ids ids, EventLine line) {
        return sql.bind()
                .set("ids", rows.uuids(write -> write.user().value()))
                .set("names", rows.texts(write -> write.change().name().map(FullName::value)))
                .set("name_keys", rows.texts(write -> write.change().name().map(FullName::sortKey)))
                .set("names_folded", rows.texts(write -> write.change().name().map(FullName::folded)))
                .set("emails", rows.texts(write -> write.change().email().map(EmailAddress::value)))
                .set("email_keys", rows.texts(write -> write.change().email().map(EmailAddress::key)))
                .set(
                        "telephones",
                        rows.texts(write -> write.change().telephone().map(TelephoneNumber::value)))
                .set(
                        "telephones_digits",
                        rows.texts(write -> write.change().telephone().map(TelephoneNumber::digits)))
                .set(
                        "external_ids",
                        rows.texts(write -> write.change().externalId().map(ExternalId::value)))
                .set("password_hashes", rows.texts(write -> write.row().hash().map(PasswordHash::text)))
                .set("event_ids", rows.uuids(write -> ids.next()))
                .set(line.withoutId());
    }

    private static Boolean[] sets(Columns<Plan.Write> rows, Function<UserChange, Sent<?>> member) {
        return rows.booleans(write -> member.apply(write.change()).present());
    }

    /// An array of PostgreSQL as text, since an array of arrays would have to be rectangular. Flags consist of
    /// letters, digits and underscores.
    static @Nullable String array(@Nullable List<String> flags) {
        return flags == null ? null : "{" + String.join(",", flags) + "}";
    }
}
