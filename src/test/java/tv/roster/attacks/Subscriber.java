package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import tv.roster.TestServer;
import tv.roster.activation.Visitor;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// A user of a tenant of its own, and what may be done to it by its BSS, the operator, and whoever has a browser.
record Subscriber(TestServer server, UUID tenant, ApiClient bss, String id) {
    static final String ADDRESS = "anna@example.com";

    static Subscriber on(TestServer server) {
        var tenant = server.addTenant();
        var bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
        var user = bss.createUser("'external_id':'C-1'," + email(ADDRESS));
        return new Subscriber(server, tenant, bss, user.id());
    }

    static String email(String address) {
        return "'contact_details':{'email':'" + address + "'}";
    }

    static String state(String state) {
        return "'registration_information':{'registration_state':'" + state + "'}";
    }

    static String password(String password) {
        return "'meta':{'security':{'user_password':'" + password + "'}}";
    }

    /// A link that the BSS delivers; `type` is that of the resource.
    String link(String type) {
        return made(type, "none").textAt("/data/attributes/url");
    }

    Response made(String type, String delivery) {
        var kind = type.equals("ActivationLink") ? "activation_links" : "password_reset_links";
        var made = bss.post(
                "/users/" + id + "/" + kind,
                "{'data':{'type':'" + type + "','attributes':{'delivery':'" + delivery + "'}}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    /// Changes these members of the document, one PATCH each.
    void change(String... each) {
        for (var members : each) {
            var changed = bss.patch("/users/" + id, "{'data':{'type':'User','id':'" + id + "'," + members + "}}");
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        }
    }

    void changeAttributes(String... each) {
        for (var attributes : each) {
            change("'attributes':{" + attributes + "}");
        }
    }

    void put(String members) {
        var changed = bss.put("/users/by_external_id/C-1", "{'data':{'type':'User'," + members + "}}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    void importHash(String hash) {
        var imported = server.admin()
                .put(
                        "/tenants/" + tenant + "/users/" + id + "/password_hash",
                        "{'data':{'type':'PasswordHash','attributes':{'hash':'" + hash + "'}}}");
        assertThat(imported.status()).as(imported.text()).isEqualTo(204);
    }

    Visitor browser() {
        return new Visitor(server);
    }

    /// What the login check finds.
    String logIn(String password) {
        return logIn(ADDRESS, password);
    }

    String logIn(String address, String password) {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'email':'" + address + "','password':'"
                                + password + "'}}}")
                .textAt("/data/attributes/result");
    }
}
