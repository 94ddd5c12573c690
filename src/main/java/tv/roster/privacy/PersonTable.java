package tv.roster.privacy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import tv.roster.platform.sql.Statements;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;

/// Finds persons among living, deleted and purged users, and every value that is known of one.
final class PersonTable {
    private static final String KNOWN = """
            select exists (select from roster_user u where u.tenant_id = $1 and u.id = $2)
                or exists (select from deleted_user d where d.tenant_id = $1 and d.id = $2)
                or exists (select from user_event e where e.tenant_id = $1 and e.user_id = $2)
                or exists (select from erasure e where e.tenant_id = $1 and e.user_id = $2) as known""";

    /// A user that was deleted can have been restored since, and have another external id now.
    private static final String BY_EXTERNAL_ID = """
            with living as (
                select u.id from roster_user u where u.tenant_id = $1 and u.external_id = $2
            ), gone as (
                (select d.deletion_id, d.id from deleted_user d
                  where d.tenant_id = $1 and d.external_id = $2 order by d.deletion_id desc limit 1)
                union all
                (select e.id, e.user_id from user_event e
                  where e.tenant_id = $1 and e.kind = 'user.deleted' and e.before ->> 'external_id' = $2
                    and not exists (select from roster_user u where u.tenant_id = $1 and u.id = e.user_id)
                  order by e.id desc limit 1)
            )
            select l.id from living l
            union all
            (select g.id from gone g where not exists (select from living) order by g.deletion_id desc limit 1)""";

    /// Of events of profiles, only the state of the user is asked: a profile may be named "Kids".
    private static final String VALUES = """
            select u.external_id, u.email, u.telephone, u.name
              from roster_user u where u.tenant_id = $1 and u.id = $2
            union
            select d.copy -> 'user' ->> 'external_id', d.copy -> 'user' ->> 'email', d.copy -> 'user' ->> 'telephone',
                   d.copy -> 'user' ->> 'name'
              from deleted_user d where d.tenant_id = $1 and d.id = $2
            union
            select s.state ->> 'external_id', s.state ->> 'email', s.state ->> 'telephone_number_E123',
                   s.state ->> 'name'
              from user_event e
              cross join lateral (
                       select case when e.kind like 'user.%' then e.before end
                       union all select case when e.kind like 'user.%' then e.after end
                       union all select e.state) s (state)
             where e.tenant_id = $1 and e.user_id = $2 and s.state is not null""";

    private static final String OTHERS = """
            select u.external_id, u.email_key from roster_user u
             where u.tenant_id = $1 and u.id <> $2 and u.external_id = any($3)
            union all
            select u.external_id, u.email_key from roster_user u
             where u.tenant_id = $1 and u.id <> $2 and u.email_key = any($4)""";

    private PersonTable() {}

    /// Whether there is, or was, such a user.
    static boolean isKnown(Statements statements, TenantId tenant, UserId id) {
        return statements.find(KNOWN, tenant.value(), id.value()).orElseThrow().getBoolean("known");
    }

    static Optional<UserId> find(Statements statements, TenantId tenant, ExternalId externalId) {
        return statements
                .find(BY_EXTERNAL_ID, tenant.value(), externalId.value())
                .map(row -> new UserId(row.getUUID("id")));
    }

    /// The person with every value that it has now or had before, as far as it is still known. What somebody else has
    /// now is the other's.
    static Person read(Statements transaction, TenantId tenant, UserId id) {
        var values = new ArrayList<Person.Values>();
        for (var row : transaction.query(VALUES, tenant.value(), id.value())) {
            values.add(new Person.Values(row.getString(0), row.getString(1), row.getString(2), row.getString(3)));
        }
        return withoutOthers(transaction, Person.of(tenant, id, values));
    }

    private static Person withoutOthers(Statements transaction, Person person) {
        var externalIds = new HashSet<String>();
        var emailKeys = new HashSet<String>();
        for (var row : transaction.query(
                OTHERS,
                person.tenant().value(),
                person.user().value(),
                person.externalIds().toArray(String[]::new),
                person.emailKeys().toArray(String[]::new))) {
            externalIds.add(row.getString(0));
            emailKeys.add(row.getString(1));
        }
        return person.without(externalIds, emailKeys);
    }
}
