package tv.roster.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The workloads in the order of their measurement: reads first, then changes of the data.
enum Workload {
    GET_BY_ID("get by id", "get_by_id", Keys.LOADED),
    GET_BY_EXTERNAL_ID("get by external id", "get_by_external_id", Keys.LOADED),
    FILTER_EMAIL("filter by e-mail", "filter_email", Keys.LOADED),
    LIST_50("list of 50, anywhere", "list", Keys.LOADED),
    LIST_1000("list of 1000, anywhere", "list", Keys.LOADED),
    LIST_PAGE_1000("page 1,000 of a walk by 50", "list", Keys.DEEP),
    LIST_WALK("list walk by 100", "list_walk", Keys.LOADED),
    PATCH("patch", "patch", Keys.LOADED),
    CREATE("create", "create", Keys.NEW),
    DELETE("delete", "delete", Keys.VICTIM);

    /// The users whose keys the requests use.
    enum Keys {
        LOADED,
        /// One position in the list, the same for all requests.
        DEEP,
        NEW,
        VICTIM
    }

    private final String title;
    private final String script;
    private final Keys keys;

    Workload(String title, String script, Keys keys) {
        this.title = title;
        this.script = script;
        this.keys = keys;
    }

    /// The name in options and results.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /// The Lua script for wrk.
    String lua() {
        return script + ".lua";
    }

    /// Users on a page, or 0 if this is no list.
    int pageSize() {
        return switch (this) {
            case LIST_50, LIST_PAGE_1000 -> 50;
            case LIST_1000 -> 1000;
            case LIST_WALK, FILTER_EMAIL -> 100;
            case GET_BY_ID, GET_BY_EXTERNAL_ID, PATCH, CREATE, DELETE -> 0;
        };
    }

    boolean isList() {
        return script.startsWith("list");
    }

    boolean needsVictims() {
        return keys == Keys.VICTIM;
    }

    /// Whether it changes the number of users.
    boolean changesNumbers() {
        return keys == Keys.NEW || keys == Keys.VICTIM;
    }

    /// The variables that pgbench draws before each statement.
    List<String> draws(PgBenchScript script, long users) {
        var draws = new ArrayList<String>();
        if (keys == Keys.NEW || keys == Keys.VICTIM || script.uses("o")) {
            draws.add("\\set o :n * " + PgBench.CLIENTS + " + :client_id + " + Numbers.FIRST_KEY);
            draws.add("\\set n :n + 1");
        }
        switch (keys) {
            case LOADED ->
                draws.add(
                        "\\set k random(0, " + (users - 1) + ") * " + Numbers.step(users) + " + " + Numbers.FIRST_KEY);
            case DEEP -> draws.add("\\set k " + deepKey(users));
            case NEW, VICTIM -> draws.add("\\set k :o");
        }
        if (script.uses("a")) {
            draws.add("\\set a random(1000000, 9999999)");
        }
        return draws;
    }

    /// The user after which page 1,000 begins, or the last page if there are fewer users.
    long deepKey(long users) {
        long index = Math.max(0, Math.min(999L * pageSize(), users - pageSize()) - 1);
        return Numbers.FIRST_KEY + index * Numbers.step(users);
    }

    static Workload named(String word) {
        return Arrays.stream(values())
                .filter(workload -> workload.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + word + "; there are "
                        + String.join(
                                " ", Arrays.stream(values()).map(Workload::word).toList())));
    }
}
