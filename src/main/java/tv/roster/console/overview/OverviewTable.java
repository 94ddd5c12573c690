package tv.roster.console.overview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.console.overview.Overview.Endpoints;
import tv.roster.console.overview.Overview.UserStates;
import tv.roster.console.overview.Overview.Work;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;

/// Counts what a tenant has, or what all of them have together.
final class OverviewTable {
    private static final String USERS = users("u.tenant_id = $1 and ");
    private static final String USERS_OF_ALL = users("");
    private static final String WORK = work("tenant_id = $1");
    private static final String WORK_OF_ALL = work("tenant_id is not null");
    private static final String ENDPOINTS = endpoints("and e.tenant_id = $1");
    private static final String ENDPOINTS_OF_ALL = endpoints("");

    private OverviewTable() {}

    /// Each part is counted in an index of its own, which is faster than looking at all users.
    private static String users(String whose) {
        return """
                select 'registered' as what, count(*) as number
                  from roster_user u where %1$su.registered_time is not null
                union all
                select 'unregistered', count(*) from roster_user u where %1$su.registered_time is null
                union all
                select 'suspended', count(*)
                  from roster_user u
                 where %1$su.user_flags <> '{}' and u.user_flags && array['LOGIN_RESTRICTED']""".formatted(whose);
    }

    /// Mails are counted only up to a limit, so that it stays cheap however long the mail server is away.
    private static String work(String whose) {
        return """
                select 'mails' as what, count(*) as number
                  from (select m.id from mail m where m.%1$s and m.status = 'queued' limit 100000) q
                union all
                select 'imports ' || i.status, count(*)
                  from import i where i.%1$s and i.status in ('QUEUED', 'RUNNING') group by i.status
                union all
                select case when e.status <> 'ENABLED' then 'endpoints ' || e.status
                            when e.failing_since is null then 'endpoints working'
                            else 'endpoints failing' end,
                       count(*)
                  from webhook_endpoint e where e.%1$s group by 1""".formatted(whose);
    }

    /// Those that fail come first, since most events wait for them.
    private static String endpoints(String whose) {
        return """
                select e.tenant_id, e.id, e.position, e.kinds
                  from webhook_endpoint e
                 where e.status <> 'DISABLED' %s
                 order by e.failing_since nulls last, e.id
                 limit 50""".formatted(whose);
    }

    static UserStates users(Statements statements, @Nullable TenantId tenant) {
        var numbers = numbers(statements, tenant, USERS, USERS_OF_ALL);
        return new UserStates(of(numbers, "registered"), of(numbers, "unregistered"), of(numbers, "suspended"));
    }

    static Work work(Statements statements, @Nullable TenantId tenant) {
        var numbers = numbers(statements, tenant, WORK, WORK_OF_ALL);
        return new Work(
                of(numbers, "mails"),
                of(numbers, "imports RUNNING"),
                of(numbers, "imports QUEUED"),
                new Endpoints(
                        of(numbers, "endpoints working"),
                        of(numbers, "endpoints failing"),
                        of(numbers, "endpoints PAUSED"),
                        of(numbers, "endpoints DISABLED")));
    }

    private static Map<String, Long> numbers(
            Statements statements, @Nullable TenantId tenant, String ofOne, String ofAll) {
        var numbers = new HashMap<String, Long>();
        var rows = tenant == null ? statements.read(ofAll) : statements.read(ofOne, tenant.value());
        rows.forEach(row -> numbers.put(row.getString("what"), row.getLong("number")));
        return numbers;
    }

    private static long of(Map<String, Long> numbers, String what) {
        return numbers.getOrDefault(what, 0L);
    }

    /// A webhook endpoint, and how far it has come.
    record Reached(TenantId tenant, WebhookEndpointId id, String position, List<String> kinds) {}

    /// Up to 50 endpoints for which events can wait.
    static List<Reached> endpoints(Statements statements, @Nullable TenantId tenant) {
        var endpoints = new ArrayList<Reached>();
        var rows = tenant == null ? statements.read(ENDPOINTS_OF_ALL) : statements.read(ENDPOINTS, tenant.value());
        rows.forEach(row -> endpoints.add(new Reached(
                new TenantId(row.getUUID("tenant_id")),
                new WebhookEndpointId(row.getUUID("id")),
                row.getString("position"),
                List.of(row.getArrayOfStrings("kinds")))));
        return endpoints;
    }
}
