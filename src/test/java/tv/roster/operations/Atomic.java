package tv.roster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Atomic operations as tests send them: JSON in single quotes.
public final class Atomic {
    public static final String TYPE = "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"";

    private Atomic() {}

    public static Response send(ApiClient bss, String... operations) {
        return send(bss, List.of(operations));
    }

    public static Response send(ApiClient bss, List<String> operations, String... headers) {
        return document(bss, "{'atomic:operations':[" + String.join(",", operations) + "]}", headers);
    }

    public static Response document(ApiClient bss, String document, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = TYPE;
        return bss.post("/operations", document, all);
    }

    /// The operations carried out, or the test fails.
    public static Response done(ApiClient bss, String... operations) {
        var response = send(bss, operations);
        assertThat(response.status()).as(response.text()).isIn(200, 204);
        return response;
    }

    /// Adds a user with this lid and these attributes.
    public static String addUser(String lid, String attributes) {
        return "{'op':'add','data':{'type':'User','lid':'" + lid + "','attributes':{" + attributes + "}}}";
    }

    /// Adds a profile of the user with this lid.
    public static String addProfile(String lid, String userLid, String name) {
        return "{'op':'add','data':{'type':'UserProfile','lid':'" + lid + "','attributes':{'name':'" + name
                + "'},'relationships':{'user':{'data':{'type':'User','lid':'" + userLid + "'}}}}}";
    }

    /// Changes the user with this id.
    public static String update(String id, String attributes) {
        return "{'op':'update','data':{'type':'User','id':'" + id + "','attributes':{" + attributes + "}}}";
    }

    public static String remove(String type, String id) {
        return "{'op':'remove','ref':{'type':'" + type + "','id':'" + id + "'}}";
    }

    /// So many new users, named by their numbers.
    public static List<String> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> addUser("u" + number, "'name':'User " + number + "'"))
                .toList();
    }
}
