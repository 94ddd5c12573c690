package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// What tests of the contract expect of answers, and the documents they send.
final class Expect {
    static final String NOBODY = "01890000-0000-7000-8000-000000000000";

    private Expect() {}

    /// An error document with this status and first code, and, unless null, this source.
    static Response refused(Response response, int status, String code, String source) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.textAt("/errors/0/status")).isEqualTo(Integer.toString(status));
        assertThat(response.textAt("/jsonapi/version")).isEqualTo("1.1");
        if (source != null) {
            assertThat(response.source()).isEqualTo(source);
        }
        return response;
    }

    static Response refused(Response response, int status, String code) {
        return refused(response, status, code, null);
    }

    /// An answer with this status.
    static Response answered(Response response, int status) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        return response;
    }

    /// The values at a pointer of each resource in a list.
    static List<String> each(Response list, String pointer) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.at("/data")
                .valueStream()
                .map(node -> text(node.at(pointer)))
                .toList();
    }

    private static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node.asString();
    }

    static List<String> ids(Response list) {
        return each(list, "/id");
    }

    /// New users, as many as asked for, with nothing told of them.
    static List<String> create(ApiClient bss, int count) {
        var ids = new ArrayList<String>();
        for (int number = 0; number < count; number++) {
            ids.add(bss.createUser("").id());
        }
        return ids;
    }

    /// All ids from a list's page on, by the links of this name.
    static List<String> walk(ApiClient bss, String path, String link) {
        var ids = new ArrayList<String>();
        for (var page = bss.get(path); ; page = bss.get(page.textAt("/links/" + link))) {
            ids.addAll(link.equals("prev") ? ids(page).reversed() : ids(page));
            if (page.at("/links/" + link).isNull()) {
                return ids;
            }
        }
    }

    /// A call of many at once, repeated where it is told 503: this machine may be busy with other tests.
    static Response patiently(Supplier<Response> call) {
        for (int attempt = 1; ; attempt++) {
            var response = call.get();
            if (response.status() != 503 || attempt == 20) {
                return response;
            }
        }
    }

    /// The document of a user with its id, and these members of the resource beside them.
    static String user(String id, String members) {
        return json("{'data':{'type':'User','id':'" + id + "'" + (members.isEmpty() ? "" : "," + members) + "}}");
    }

    /// The document of a new profile, or of one with an id.
    static String profile(String id, String attributes) {
        var member = id == null ? "" : ",'id':'" + id + "'";
        return json("{'data':{'type':'UserProfile'" + member + ",'attributes':{" + attributes + "}}}");
    }

    /// The linkage of a profile, as relationship endpoints take it.
    static String linkage(String profile) {
        return json("{'data':{'type':'UserProfile','id':'" + profile + "'}}");
    }
}
