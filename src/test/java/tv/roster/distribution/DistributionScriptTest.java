package tv.roster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.testing.TestPostgres.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.TestPostgres;

/// `ops/citus/distribute.sql`, on a plain PostgreSQL with stand-ins for the functions of Citus. They reject what Citus
/// rejects: a foreign key of which only one table is distributed.
class DistributionScriptTest {
    private static final Path SCRIPT = Path.of("ops", "citus", "distribute.sql");

    private static final String STAND_INS = """
            create schema stand_ins;
            create table stand_ins.pg_dist_partition (logicalrelid regclass primary key, partmethod "char", near text);
            create function stand_ins.place(placed regclass, way "char", near text) returns void language plpgsql as $$
            begin
                if exists (select from pg_constraint k
                            where k.contype = 'f' and (k.conrelid = placed or k.confrelid = placed)
                              and (select count(*) from stand_ins.pg_dist_partition d
                                    where d.logicalrelid in (k.conrelid, k.confrelid)) < 2) then
                    raise 'cannot place % with a foreign key to or from a table that is not', placed;
                end if;
                insert into stand_ins.pg_dist_partition values (placed, way, near);
            end $$;
            create function stand_ins.create_reference_table(table_name regclass) returns void language sql
                as $$ select stand_ins.place(table_name, 'n', null) $$;
            create function stand_ins.create_distributed_table(table_name regclass, distribution_column text,
                distribution_type text default 'hash', colocate_with text default 'default') returns void language sql
                as $$ select stand_ins.place(table_name, 'h', colocate_with) $$""";

    private static final String PLACED = """
            select string_agg(d.logicalrelid::text || ' ' || d.partmethod::text || coalesce(' ' || d.near, ''), ', '
                       order by d.logicalrelid::text collate "C")
              from stand_ins.pg_dist_partition d""";

    private static final String FOREIGN_KEYS = """
            select string_agg(k.conrelid::regclass::text || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid), ', '
                       order by k.conname)
              from pg_constraint k where k.contype = 'f'""";

    private final DatabaseAddress database = TestPostgres.newDatabase();

    @BeforeEach
    void standIn() throws SQLException {
        run(STAND_INS);
        run("alter database " + database.database() + " set search_path = public, stand_ins");
        new TestServer(Map.of(), InstantSource.system(), database).close();
    }

    private void run(String sql) throws SQLException {
        try (var connection = TestPostgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void distribute() throws Exception {
        run(Files.readString(SCRIPT));
    }

    @Test
    void theTablesOfTenantsAreDistributedTogetherAndTheOthersCopied() throws Exception {
        var before = value(database, FOREIGN_KEYS);
        distribute();
        assertThat(value(database, PLACED))
                .isEqualTo(
                        "account_link h roster_user, admin_event n, agent n, agent_attempt n, agent_session n, agent_setup_link n, agent_sign_in n, api_key n, deleted_user h roster_user, erasure h roster_user, idempotency_key h roster_user,"
                                + " import h roster_user, import_chunk h roster_user, import_draft h roster_user,"
                                + " import_rejected_row h roster_user, installation n, installation_secret n, mail h roster_user, roster_user h none, tenant n,"
                                + " user_event h roster_user, user_profile h roster_user, webhook_attempt h roster_user, webhook_endpoint h roster_user,"
                                + " webhook_node n, webhook_waiting h roster_user, wrong_password h roster_user");
        assertThat(value(database, FOREIGN_KEYS)).isEqualTo(before).contains("account_link", "mail", "user_profile");
    }

    @Test
    void itMayRunAgainAfterEachUpgrade() throws Exception {
        distribute();
        var before = value(database, PLACED);
        distribute();
        assertThat(value(database, PLACED)).isEqualTo(before);

        run("create table badge (tenant_id uuid not null, user_id uuid not null, name text not null,"
                + " primary key (tenant_id, user_id, name),"
                + " foreign key (tenant_id, user_id) references roster_user on delete cascade);"
                + " create table badge_kind (name text primary key)");
        var keys = value(database, FOREIGN_KEYS);
        distribute();
        assertThat(value(database, PLACED)).contains("badge h roster_user", "badge_kind n");
        assertThat(value(database, FOREIGN_KEYS)).isEqualTo(keys).contains("badge_tenant_id_user_id_fkey");
    }

    @Test
    void aFailureLeavesEverythingAsItWas() throws Exception {
        var before = value(database, FOREIGN_KEYS);
        run("create or replace function stand_ins.create_distributed_table(table_name regclass,"
                + " distribution_column text, distribution_type text default 'hash',"
                + " colocate_with text default 'default') returns void language plpgsql"
                + " as $$ begin raise 'no worker'; end $$");
        assertThatThrownBy(this::distribute).hasMessageContaining("no worker");
        assertThat(value(database, FOREIGN_KEYS)).isEqualTo(before);
        assertThat(value(database, PLACED)).isNull();
    }
}
