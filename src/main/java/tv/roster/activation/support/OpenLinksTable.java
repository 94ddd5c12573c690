package tv.roster.activation.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the open links of a user, and ends them.
final class OpenLinksTable {
    /// One row at least if there is such a user.
    private static final String LIST = """
            select l.id, l.kind, l.expires_time,
                   exists (select from mail m where m.tenant_id = $1 and m.user_id = $2 and m.link_id = l.id) as mailed
              from roster_user u
              left join account_link l
                on l.tenant_id = $1 and l.user_id = u.id and l.generation = u.link_generation and l.expires_time > $3
             where u.tenant_id = $1 and u.id = $2
             order by l.id desc""";

    /// Begins the next generation of links, so that those of this one never work again. Locks the user's row first, as
    /// the use of a link does. An invitation that has expired ends as well: its user can ask for no other.
    private static final Sql END = Sql.of("""
            with subscriber as (
                select u.id, u.link_generation
                  from roster_user u
                 where u.tenant_id = :tenant and u.id = :user
                   for no key update of u
            ), ended as (
                update roster_user u
                   set link_generation = s.link_generation + 1
                  from subscriber s
                 where u.tenant_id = :tenant and u.id = s.id
                   and exists (select from account_link l
                                where l.tenant_id = :tenant and l.user_id = :user and l.generation = s.link_generation)
                returning u.id
            ), logged as (
                %s
            )
            select s.id from subscriber s""".formatted(EventLog.ofAdmin("'user.links_ended'")
            .tenant(":tenant")
            .person("e.id")
            .from("ended e")));

    private OpenLinksTable() {}

    /// The newest first; empty if there is no such user.
    static Optional<List<OpenLink>> list(Statements statements, TenantId tenant, UserId user, long now) {
        var rows = statements.read(LIST, tenant.value(), user.value(), now);
        var links = new ArrayList<OpenLink>();
        for (var row : rows) {
            var id = row.getUUID("id");
            if (id != null) {
                links.add(
                        new OpenLink(id, row.getString("kind"), row.getBoolean("mailed"), row.getLong("expires_time")));
            }
        }
        return rows.size() == 0 ? Optional.empty() : Optional.of(links);
    }

    /// Ends all links; returns whether there is such a user.
    static boolean end(Statements statements, TenantId tenant, UserId user, EventLine line) {
        return statements
                .first(END.bind()
                        .set("tenant", tenant.value())
                        .set("user", user.value())
                        .set(line))
                .isPresent();
    }
}
