package tv.roster.users.bulk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// The users of a tenant as a rehearsal would have left them: a draft of each that it would have created or
/// changed stands in for the user.
record DraftUsersTable(Statements statements, TenantId tenant, UUID importId) implements UserSource {
    private static final String DRAFT_COLUMNS = """
            d.id, d.version, d.name, d.user_flags, d.email, d.telephone, d.registered_time, d.external_id,
            d.default_profile_id, d.password_hash is not null, d.updated_time, d.email_key, d.password_hash""";

    private static final String NOT_DRAFTED = """
            (select true from import_draft d
              where d.tenant_id = $1 and d.import_id = $2 and d.id = u.id) is null""";

    private static final String FIND = """
            select %1$s from import_draft d where d.tenant_id = $1 and d.import_id = $2 and d.id = any($3::uuid[])
            union all
            select %1$s from import_draft d where d.tenant_id = $1 and d.import_id = $2 and d.external_id = any($4::text[])
            union all
            select %2$s from roster_user u where u.tenant_id = $1 and u.id = any($3::uuid[]) and %3$s
            union all
            select %2$s from roster_user u where u.tenant_id = $1 and u.external_id = any($4::text[]) and %3$s""".formatted(DRAFT_COLUMNS, StoredUsersTable.COLUMNS, NOT_DRAFTED);

    private static final String HOLDERS = """
            select d.id, d.email_key, d.external_id
              from import_draft d
             where d.tenant_id = $1 and d.import_id = $2 and d.email_key = any($3::text[])
            union all
            select d.id, d.email_key, d.external_id
              from import_draft d
             where d.tenant_id = $1 and d.import_id = $2 and d.external_id = any($4::text[])
            union all
            select u.id, u.email_key, u.external_id
              from roster_user u
             where u.tenant_id = $1 and u.email_key = any($3::text[]) and %1$s
            union all
            select u.id, u.email_key, u.external_id
              from roster_user u
             where u.tenant_id = $1 and u.external_id = any($4::text[]) and %1$s""".formatted(NOT_DRAFTED);

    private static final Sql STORE = Sql.of("""
            insert into import_draft as d (tenant_id, import_id, id, version, name, email, email_key, telephone,
                user_flags, external_id, registered_time, password_hash, default_profile_id, updated_time)
            select :tenant, :import, r.id, r.version, r.name, r.email, r.email_key, r.telephone,
                   r.flags::text[], r.external_id, r.registered_time, r.password_hash, r.profile, r.updated_time
              from unnest(:ids::uuid[], :versions::int[], :names::text[], :emails::text[], :email_keys::text[],
                       :telephones::text[], :flags::text[], :external_ids::text[], :registered::bigint[],
                       :password_hashes::text[], :profiles::uuid[], :times::bigint[])
                as r (id, version, name, email, email_key, telephone, flags, external_id, registered_time,
                      password_hash, profile, updated_time)
            on conflict (tenant_id, import_id, id) do update
               set version = excluded.version, name = excluded.name, email = excluded.email,
                   email_key = excluded.email_key, telephone = excluded.telephone, user_flags = excluded.user_flags,
                   external_id = excluded.external_id, registered_time = excluded.registered_time,
                   password_hash = excluded.password_hash, default_profile_id = excluded.default_profile_id,
                   updated_time = excluded.updated_time""");

    @Override
    public List<UserState> find(Set<UUID> ids, Set<String> externalIds) {
        return StoredUsersTable.states(statements.read(
                FIND, tenant.value(), importId, StoredUsersTable.uuids(ids), StoredUsersTable.texts(externalIds)));
    }

    @Override
    public List<Holder> holders(Set<String> emailKeys, Set<String> externalIds) {
        return StoredUsersTable.holders(statements.read(
                HOLDERS,
                tenant.value(),
                importId,
                StoredUsersTable.texts(emailKeys),
                StoredUsersTable.texts(externalIds)));
    }

    /// A rehearsal creates no profiles, so that the stored ones are all.
    @Override
    public Map<UserId, List<ProfileId>> profiles(Set<UUID> users) {
        return new StoredUsersTable(statements, tenant).profiles(users);
    }

    void store(List<UserState> drafts) {
        var rows = new Columns<>(drafts);
        statements.query(STORE.bind()
                .set("tenant", tenant.value())
                .set("import", importId)
                .set("ids", rows.uuids(draft -> draft.user().id().value()))
                .set("versions", rows.integers(draft -> draft.user().version()))
                .set("names", rows.texts(draft -> draft.user().name()))
                .set("emails", rows.texts(draft -> draft.user().email()))
                .set("email_keys", rows.texts(UserState::emailKey))
                .set("telephones", rows.texts(draft -> draft.user().telephone()))
                .set(
                        "flags",
                        rows.texts(draft -> BulkUsersTable.array(draft.user().flags())))
                .set("external_ids", rows.texts(draft -> draft.user().externalId()))
                .set("registered", rows.longs(draft -> draft.user().registeredTime()))
                .set("password_hashes", rows.texts(UserState::passwordHash))
                .set(
                        "profiles",
                        rows.uuids(draft -> draft.user().defaultProfile().value()))
                .set("times", rows.longs(draft -> draft.user().updatedTime())));
    }
}
