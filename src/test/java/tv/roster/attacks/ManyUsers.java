package tv.roster.attacks;

import java.util.UUID;
import tv.roster.TestServer;

/// Fills a tenant with users and their profiles, beside the server.
final class ManyUsers {
    private ManyUsers() {}

    /// Users with names, addresses, numbers and states of all kinds; their statistics are brought up to date.
    static void add(TestServer server, UUID tenant, int users) {
        server.execute("""
                with made as (
                    insert into roster_user (tenant_id, id, version, name, name_key, name_folded, email, email_key,
                        telephone, telephone_digits, user_flags, external_id, registered_time, default_profile_id,
                        updated_time)
                    select ?, gen_random_uuid(), 1, 'Anna Karlsson ' || n, 'anna karlsson ' || n,
                           'anna karlsson ' || n, 'a' || n || '@example.com', 'a' || n || '@example.com',
                           '+358 40 ' || 1000000 + n, '35840' || 1000000 + n,
                           case when n % 10 = 0 then '{GOLD}'::text[] else '{}' end, 'c' || n,
                           case when n % 3 = 0 then n end, gen_random_uuid(), n
                      from generate_series(1, ?) n
                    returning tenant_id, id, default_profile_id
                )
                insert into user_profile (tenant_id, id, user_id, name)
                select m.tenant_id, m.default_profile_id, m.id, 'Default' from made m""", tenant, users);
        server.execute("vacuum analyze roster_user, user_profile");
    }
}
