package tv.roster.users.v4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

class UsersApiTest {
    private final ApiClient bss = TestServer.shared().newTenant("GOLD");

    @Test
    void createdUserIsReadChangedAndDeleted() {
        var created = bss.createUser("'name':'Anna Virtanen'");
        assertThat(bss.get("/users/" + created.id()).textAt("/data/attributes/name"))
                .isEqualTo("Anna Virtanen");
        assertThat(bss.patchUser(created.id(), "'user_flags':['GOLD']")
                        .at("/data/meta/version")
                        .asInt())
                .isEqualTo(2);
        assertThat(bss.delete("/users/" + created.id()).status()).isEqualTo(204);
        assertThat(bss.get("/users/" + created.id()).status()).isEqualTo(404);
    }

    @Test
    void takenAddressNamesItsUser() {
        var first = bss.createUser("'contact_details':{'email':'anna@example.com'}");
        var second = bss.post("/users", ApiClient.user("{'contact_details':{'email':'ANNA@example.com'}}"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("email_taken");
        assertThat(second.textAt("/errors/0/meta/existing_id")).isEqualTo(first.id());
    }
}
