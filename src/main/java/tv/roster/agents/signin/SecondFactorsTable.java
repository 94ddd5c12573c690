package tv.roster.agents.signin;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;

/// The secrets of all second factors, as they are stored.
final class SecondFactorsTable {
    private static final String ALL = "select a.id, a.totp_sealed from agent a where a.totp_sealed is not null";

    /// Unless it was replaced meanwhile.
    private static final String REPLACE = "update agent set totp_sealed = $3 where id = $1 and totp_sealed = $2";

    private SecondFactorsTable() {}

    record Stored(AgentId agent, byte[] sealed) {}

    static List<Stored> all(Statements statements) {
        var all = new ArrayList<Stored>();
        for (var row : statements.read(ALL)) {
            all.add(new Stored(
                    new AgentId(row.getUUID("id")), row.getBuffer("totp_sealed").getBytes()));
        }
        return all;
    }

    static void replace(Statements statements, Stored stored, byte[] sealed) {
        statements.query(REPLACE, stored.agent().value(), Buffer.buffer(stored.sealed()), Buffer.buffer(sealed));
    }
}
