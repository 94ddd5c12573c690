package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import tv.roster.bench.Numbers.Kind;
import tv.roster.bench.Numbers.Range;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.values.Cursor;
import tv.roster.values.ids.TenantId;

/// Queries for pages anywhere in a list, with cursors sealed as by the server, for wrk, which cannot seal them.
final class Pages {
    private static final int COUNT = 2_000;

    private Pages() {}

    static void write(Path folder, Cluster cluster, TenantId tenant, long users) throws IOException, SQLException {
        var secret = HexFormat.of().parseHex(cluster.value("select encode(secret, 'hex') from installation_secret"));
        var cursors = new Cursors(KeyUse.CURSORS.key(secret));
        var random = new Random(users);
        for (var workload : new Workload[] {Workload.LIST_50, Workload.LIST_1000, Workload.LIST_PAGE_1000}) {
            int size = workload.pageSize();
            var lines = new ArrayList<String>();
            for (int i = 0; i < (workload == Workload.LIST_PAGE_1000 ? 1 : COUNT); i++) {
                long key = workload == Workload.LIST_PAGE_1000
                        ? workload.deepKey(users)
                        : Numbers.FIRST_KEY + random.nextLong(users) * Numbers.step(users);
                var place = new Cursor(null, Numbers.id(Range.LOADED, key, Kind.USER, 0));
                var query = "page[size]=" + size;
                // The list that a cursor is valid for, as in UserListApi.
                var list = tenant + "/users?" + new Query(query).withoutPages();
                lines.add("?" + query + "&page[after]=" + cursors.seal(place, list));
            }
            Files.write(folder.resolve(workload.word() + ".pages"), lines);
        }
    }
}
