package tv.roster.activation;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.TenantSettings;
import tv.roster.credentials.CredentialChecks;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.strength.OwnValues;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.brands.Brand;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.languages.Language;

/// Creates links with their mails, and redeems them, with one statement each.
final class AccountLinksTable {
    private static final String TENANT_LANGUAGE =
            "coalesce(t.settings ->> 'default_language', '%s')".formatted(TenantSettings.DEFAULT.defaultLanguage());

    /// Locks the user's row first, as [#USE] does: links created concurrently are serialized, and the last one
    /// remains valid.
    private static final Sql MAKE = Sql.of("""
            with subscriber as (
                select u.id, u.email, u.link_generation, u.registered_time is not null as registered,
                       coalesce(:language, %s) as language,
                       :now + coalesce((t.settings ->> :lifetime_setting)::bigint, :lifetime) as expires_time
                  from roster_user u
                  join tenant t on t.id = u.tenant_id
                 where u.tenant_id = :tenant and u.id = :user
                   and u.link_generation = coalesce(:generation, u.link_generation)
                   for no key update of u
            ), allowed as (
                select s.id, s.email, s.link_generation, s.language, s.expires_time
                  from subscriber s
                 where not (:kind = 'activation' and s.registered) and (:delivery = 'none' or s.email is not null)
            ), made as (
                insert into account_link as l (tenant_id, user_id, kind, id, token_hash, generation, expires_time)
                select :tenant, a.id, :kind, :id, :token_hash, a.link_generation, a.expires_time from allowed a
                on conflict (tenant_id, user_id, kind) do update
                   set id = excluded.id, token_hash = excluded.token_hash, generation = excluded.generation,
                       expires_time = excluded.expires_time
                returning l.user_id, l.expires_time
            ), replaced as (
                update mail m set status = 'replaced', finished_time = :now, sealed_link = null
                  from made l
                 where m.tenant_id = :tenant and m.user_id = l.user_id and m.kind = :kind and m.status = 'queued'
            ), queued as (
                insert into mail (tenant_id, id, user_id, kind, link_id, recipient, language, sealed_link, due_time,
                    created_time, expires_time)
                select :tenant, :mail, a.id, :kind, :id, a.email, a.language, :sealed_link, :now, :now, a.expires_time
                  from allowed a
                 where :delivery = 'email'
            ), %s, logged as (
                %s
            )
            select s.registered, s.email is not null as has_email, (select l.expires_time from made l) as expires_time
              from subscriber s""".formatted(
                    TENANT_LANGUAGE,
                    EventLog.touched("made"),
                    EventLog.besideUser("'user.' || :kind || '_link_made'", "u")
                            .after("jsonb_build_object('delivery', :delivery::text, 'expires_time', l.expires_time)")
                            .from("made l join touched u on u.id = l.user_id")));

    private static final String LOOK = """
            t.id, t.slug, coalesce(t.settings ->> 'sender_name', t.name) as shown_name,
            %s as default_language,
            t.settings ->> 'continue_url' as continue_url, t.settings ->> 'logo_url' as logo_url,
            t.settings ->> 'brand_color' as brand_color,
            array(select jsonb_array_elements_text(coalesce(t.settings -> 'languages', '[]'))) as languages
            """.formatted(TENANT_LANGUAGE);

    private static final String FIND_TENANT = "select %s from tenant t where t.slug = $1".formatted(LOOK);

    private static final String FIND_TENANT_BY_ID = "select %s from tenant t where t.id = $1".formatted(LOOK);

    private static final String FIND = """
            select %s, u.id is not null as good, u.name, u.email, u.telephone, u.external_id
              from tenant t
              left join account_link l
                on l.tenant_id = $1 and l.token_hash = $2 and l.kind = $3 and l.expires_time > $4
              left join roster_user u
                on u.tenant_id = $1 and u.id = l.user_id and u.link_generation = l.generation
             where t.id = $1""".formatted(LOOK);

    /// Of concurrent uses, the first locks the link's row and the others find none. A use also ends the user's
    /// other links.
    private static final Sql USE = Sql.of("""
            with subscriber as (
                select u.id, u.version, u.registered_time, u.password_hash is not null as password_set
                  from account_link l
                  join roster_user u on u.tenant_id = :tenant and u.id = l.user_id
                   and u.link_generation = l.generation
                 where l.tenant_id = :tenant and l.token_hash = :token_hash and l.kind = :kind and l.expires_time > :now
                   for no key update of u
            ), used as (
                delete from account_link l
                 using subscriber s
                 where l.tenant_id = :tenant and l.user_id = s.id and l.kind = :kind and l.token_hash = :token_hash
                returning l.user_id
            ), changed as (
                update roster_user u
                   set password_hash = :password_hash, version = u.version + 1,
                       updated_time = greatest(u.updated_time, :now),
                       registered_time =
                           case when :kind = 'activation' then greatest(u.updated_time, :now) else u.registered_time end,
                       link_generation = u.link_generation + 1, feed_order = %s
                  from used l
                 where u.tenant_id = :tenant and u.id = l.user_id
                returning u.*
            ), %s, logged as (
                %s
            )
            select u.id from changed u""".formatted(
                    EventLog.nextPlace("u"),
                    CredentialChecks.UNLOCKED,
                    EventLog.besideUser(":event_kind", "u")
                            .before("""
                    jsonb_build_object('version', s.version, 'registration_time', s.registered_time,
                        'password_set', s.password_set)""")
                            .after("""
                    jsonb_build_object('version', u.version, 'registration_time', u.registered_time,
                        'password_set', true)""")
                            .from("changed u join subscriber s on s.id = u.id")));

    private static final String FIND_SUBSCRIBER = """
            select u.id, u.link_generation, u.registered_time is not null as registered,
                   exists (select from account_link l
                            where l.tenant_id = $1 and l.user_id = u.id and l.kind = 'activation'
                              and l.generation = u.link_generation) as invited
              from roster_user u
             where u.tenant_id = $1 and u.email_key = $2""";

    private static final String SWEEP = """
            delete from account_link
             where (tenant_id, token_hash) in
                   (select l.tenant_id, l.token_hash from account_link l where l.expires_time < $1 limit $2)""";

    private AccountLinksTable() {}

    /// The data of a new link. `sealed` is its encrypted token, for the mail.
    record NewLink(LinkRequest wanted, UUID id, byte[] tokenHash, UUID mail, byte[] sealed) {}

    /// The outcome; `expiresTime` is null if no link was created.
    record MadeLinkRow(
            boolean registered, boolean hasEmail, @Nullable Long expiresTime) {}

    static Optional<MadeLinkRow> make(Statements statements, TenantId tenant, NewLink link, EventLine line) {
        var wanted = link.wanted();
        return statements
                .first(MAKE.bind()
                        .set("tenant", tenant.value())
                        .set("user", wanted.user().value())
                        .set("generation", wanted.generation())
                        .set("kind", wanted.kind().word())
                        .set("id", link.id())
                        .set("token_hash", Buffer.buffer(link.tokenHash()))
                        .set("lifetime", wanted.kind().lifetime().toSeconds())
                        .set("lifetime_setting", wanted.kind().setting())
                        .set("delivery", wanted.delivery().word())
                        .set("mail", link.mail())
                        .set("sealed_link", Buffer.buffer(link.sealed()))
                        .set(
                                "language",
                                wanted.language() == null
                                        ? null
                                        : wanted.language().tag())
                        .set("now", line.epochSecond())
                        .set(line))
                .map(row -> new MadeLinkRow(
                        row.getBoolean("registered"), row.getBoolean("has_email"), row.getLong("expires_time")));
    }

    /// The link with this token; empty if there is no such tenant.
    static Optional<FoundLink> find(Statements statements, LinkToken token, LinkKind kind, long now) {
        return statements
                .find(FIND, token.tenant().value(), Buffer.buffer(token.hash()), kind.word(), now)
                .map(row -> new FoundLink(look(row), row.getBoolean("good"), row.getString("email"), own(row)));
    }

    /// Returns true for the one call that redeems the link.
    static boolean use(Statements statements, LinkToken token, LinkKind kind, PasswordHash hash, EventLine line) {
        return statements
                .first(USE.bind()
                        .set("tenant", token.tenant().value())
                        .set("token_hash", Buffer.buffer(token.hash()))
                        .set("kind", kind.word())
                        .set("password_hash", hash.text())
                        .set("now", line.epochSecond())
                        .set("event_kind", kind == LinkKind.ACTIVATION ? "user.activated" : "user.password_reset")
                        .set(line))
                .isPresent();
    }

    static Optional<TenantLook> tenant(Statements statements, String slug) {
        return statements.find(FIND_TENANT, slug).map(AccountLinksTable::look);
    }

    static Optional<TenantLook> tenant(Statements statements, TenantId id) {
        return statements.find(FIND_TENANT_BY_ID, id.value()).map(AccountLinksTable::look);
    }

    /// A user who may have forgotten a password; `invited` if an activation link exists that has been neither used
    /// nor ended, even if it has expired.
    record Subscriber(UserId id, int generation, boolean registered, boolean invited) {}

    static Optional<Subscriber> subscriber(Statements statements, TenantId tenant, String emailKey) {
        return statements
                .find(FIND_SUBSCRIBER, tenant.value(), emailKey)
                .map(row -> new Subscriber(
                        new UserId(row.getUUID("id")),
                        row.getInteger("link_generation"),
                        row.getBoolean("registered"),
                        row.getBoolean("invited")));
    }

    static int sweep(Statements statements, long before, int limit) {
        return statements.query(SWEEP, before, limit).rowCount();
    }

    private static OwnValues own(Row row) {
        return new OwnValues(
                row.getString("name"),
                row.getString("email"),
                row.getString("telephone"),
                row.getString("external_id"));
    }

    private static TenantLook look(Row row) {
        var named = Arrays.stream(row.getArrayOfStrings("languages"))
                .flatMap(tag -> Language.tagged(tag).stream())
                .toList();
        return TenantLook.of(
                new TenantId(row.getUUID("id")),
                row.getString("slug"),
                row.getString("shown_name"),
                Brand.of(row.getString("continue_url"), row.getString("logo_url"), row.getString("brand_color")),
                Language.tagged(row.getString("default_language")).orElse(Language.EN),
                named.isEmpty() ? List.of(Language.values()) : named);
    }
}
