package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Json;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// A file with rows of every outcome, in an order that depends on a seed: new users, changes, some of them of users
/// that rows before have created or changed, users that are as they should be, rows that want what others have, and
/// rows that cannot be read. What becomes of it is known, so that a row that is lost or applied twice is noticed.
final class MixedFile {
    private static final String HASH = "$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e";

    private final int existing;
    private final List<String> rows = new ArrayList<>();
    private final List<Integer> rejectedLines = new ArrayList<>();
    private int created;
    private int updated;
    private int unchanged;

    MixedFile(int size, long seed) {
        existing = size / 3;
        var random = new Random(seed);
        int nextExisting = 0;
        while (rows.size() < size) {
            int kind = random.nextInt(12);
            if (kind < 6 && nextExisting < existing) {
                int user = nextExisting++;
                switch (kind) {
                    case 0, 1, 2 -> change("e" + user, "");
                    case 3 -> change("e" + user, ",'meta':{'security':{'password_hash':'" + HASH + "'}}");
                    case 4 -> {
                        change("e" + user, "");
                        change("e" + user, "");
                    }
                    default -> {
                        rows.add(row("e" + user, "Existing", "e" + user, ""));
                        unchanged++;
                    }
                }
            } else if (kind < 10) {
                var user = "n" + rows.size();
                rows.add(row(user, "New", user, ""));
                created++;
                if (kind == 6) {
                    reject(row("x" + rows.size(), "Too late", user, ""));
                } else if (kind == 7) {
                    change(user, "");
                }
            } else {
                reject(kind == 10 ? "{'attributes':" : "{'attributes':{'user_flags':['NO_SUCH_FLAG']}}");
            }
        }
    }

    private static String row(String user, String name, String address, String more) {
        return "{'attributes':{'external_id':'" + user + "','name':'" + name + "','contact_details':{'email':'"
                + address + "@example.com'}}" + more + "}";
    }

    private void change(String user, String more) {
        rows.add(row(user, "Changed " + rows.size(), user, more));
        updated++;
    }

    private void reject(String row) {
        rows.add(row);
        rejectedLines.add(rows.size());
    }

    /// Imports the users that the file finds.
    void addExisting(ImportClient imports) {
        var file = IntStream.range(0, existing)
                .mapToObj(user -> "e" + user + ",Existing,e" + user + "@example.com\n")
                .collect(Collectors.joining("", "external_id,name,email\n", ""));
        assertThat(imports.counts(imports.send("", ImportClient.CSV, file))).isEqualTo(List.of(existing, 0, 0, 0));
    }

    Response send(ImportClient imports) {
        var sent = imports.send("", ImportClient.NDJSON, Json.json(String.join("\n", rows)));
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        return sent;
    }

    int size() {
        return rows.size();
    }

    /// That the import has done what it should, as its calls report it.
    void check(ImportClient imports, Response sent) {
        JsonNode finished = imports.finished(sent);
        assertThat(finished.path("status").asString()).as(finished.toString()).isEqualTo("COMPLETED");
        assertThat(ImportClient.counts(finished)).isEqualTo(List.of(created, updated, unchanged, rejectedLines.size()));
        assertThat(imports.rejected(sent))
                .extracting(row -> row.path("line").asInt())
                .isEqualTo(rejectedLines);
    }

    /// That each row was applied once, as the tables have it.
    void check(DatabaseAddress database, String id) {
        var tenant = UUID.fromString(
                TestPostgres.value(database, "select tenant_id from import where id = ?", UUID.fromString(id)));
        var job = UUID.fromString(id);
        assertThat(number(database, "select count(*) from roster_user where tenant_id = ?", tenant))
                .isEqualTo(existing + created);
        assertThat(number(database, "select sum(version) from roster_user where tenant_id = ?", tenant))
                .isEqualTo(existing + created + updated);
        assertThat(number(database, "select count(*) from user_profile where tenant_id = ?", tenant))
                .isEqualTo(existing + created);
        assertThat(number(database, "select count(distinct user_id) from user_profile where tenant_id = ?", tenant))
                .isEqualTo(existing + created);
        assertThat(events(database, job, "user.created")).isEqualTo(created);
        assertThat(events(database, job, "user.updated")).isEqualTo(updated);
        assertThat(number(database, """
                        select count(*)
                          from roster_user u
                          left join (select e.user_id, count(*) as lines
                                       from user_event e
                                      where e.tenant_id = ?
                                      group by e.user_id) e on e.user_id = u.id
                         where u.tenant_id = ? and u.version is distinct from e.lines""", tenant, tenant))
                .as("users whose lines in the log do not make up their versions")
                .isZero();
    }

    private static int events(DatabaseAddress database, UUID job, String kind) {
        return number(
                database,
                "select count(distinct (user_id, after ->> 'version')) from user_event where import_id = ? and kind = ?",
                job,
                kind);
    }

    private static int number(DatabaseAddress database, String sql, Object... parameters) {
        return Integer.parseInt(TestPostgres.value(database, sql, parameters));
    }
}
