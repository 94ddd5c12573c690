package tv.roster.installation;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;

/// Reads and replaces the generations of the installation's secret.
public final class InstallationSecretsTable {
    private static final String COLUMNS = "s.generation, s.secret, s.created_time, s.sealing_time, s.removed_time";

    private static final String ALL =
            "select %s from installation_secret s order by s.generation desc".formatted(COLUMNS);

    private static final String INSTALL = """
            with installed as (
                insert into installation default values on conflict do nothing returning only_row
            )
            insert into installation_secret (generation, secret, created_time, sealing_time)
            select 1, $1, $2::bigint, $2::bigint from installed""";

    /// The next statement sees what previous holders of the lock have committed.
    private static final String LOCK = "select from installation for no key update";

    /// Creates the next generation, which seals from `:sealing_time` on, unless the newest one does not seal yet.
    /// With an overlap of 0, that condition does not apply, and this statement also removes the former generations.
    private static final Sql ROTATE = Sql.of("""
            with made as (
                insert into installation_secret as s (generation, secret, created_time, sealing_time)
                select n.generation + 1, :secret, :now::bigint, :sealing_time::bigint
                  from (select l.generation, l.sealing_time
                          from installation_secret l order by l.generation desc limit 1) n
                 where :overlap::bigint = 0 or n.sealing_time <= :now::bigint
                returning s.generation, s.sealing_time
            ), former as (
                update installation_secret f
                   set removed_time = least(f.removed_time, :sealing_time::bigint + :overlap::bigint),
                       secret = case when :overlap::bigint > 0 then f.secret end
                  from made s
                 where f.generation < s.generation and f.secret is not null
            ), logged as (
                %s
            )
            select s.generation from made s""".formatted(EventLog.ofAdmin("'installation.secret_rotated'")
            .before("jsonb_build_object('generation', s.generation - 1)")
            .after("""
                    jsonb_build_object('generation', s.generation, 'sealing_time', s.sealing_time,
                        'former_removed_time', :sealing_time::bigint + :overlap::bigint)""")
            .from("made s")));

    private static final String REMOVE = """
            update installation_secret set secret = null
             where generation in (select s.generation from installation_secret s
                                   where s.removed_time <= $1 and s.secret is not null limit $2)""";

    private InstallationSecretsTable() {}

    /// Creates the installation with its first secret; returns false if it exists already.
    public static boolean install(Statements transaction, InstallationSecret secret, long now) {
        return transaction.query(INSTALL, Buffer.buffer(secret.bytes()), now).rowCount() == 1;
    }

    static Generations all(Statements statements) {
        var all = new ArrayList<Generation>();
        statements.read(ALL).forEach(row -> all.add(generation(row)));
        return new Generations(all);
    }

    /// Returns false if the newest generation does not seal yet.
    static boolean rotate(
            Statements transaction, InstallationSecret secret, long sealingTime, long overlapSeconds, EventLine line) {
        transaction.query(LOCK);
        return transaction
                .first(ROTATE.bind()
                        .set("secret", Buffer.buffer(secret.bytes()))
                        .set("sealing_time", sealingTime)
                        .set("overlap", overlapSeconds)
                        .set("now", line.epochSecond())
                        .set(line))
                .isPresent();
    }

    /// Deletes the secrets of generations that have ended; returns their number.
    static int remove(Statements statements, long now, int limit) {
        return statements.query(REMOVE, now, limit).rowCount();
    }

    private static Generation generation(Row row) {
        var secret = row.getBuffer("secret");
        return new Generation(
                row.getInteger("generation"),
                secret == null ? null : new InstallationSecret(secret.getBytes()),
                row.getLong("created_time"),
                row.getLong("sealing_time"),
                row.getLong("removed_time"));
    }
}
