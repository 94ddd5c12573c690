package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.quoted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Passwords that are guessed first are not taken, from whoever sets them.
class WeakPasswordsTest {
    private static final String ANNA = "'name':'Anna Päivi Virtanen','external_id':'CUST-0010023',"
            + "'contact_details':{'email':'anna.virtanen@tv-mail.example','telephone_number_E123':'+358 40 1234567'}";

    private final ApiClient bss = TestServer.shared().newTenant();

    private Response create(String attributes, String password) {
        return bss.post(
                "/users",
                "{'data':{'type':'User','attributes':{" + attributes + "},'meta':{'security':{'user_password':"
                        + quoted(password) + "}}}}");
    }

    private Response patch(String user, String attributes, String password) {
        return bss.patch(
                "/users/" + user,
                "{'data':{'type':'User','id':'" + user + "','attributes':{" + attributes
                        + "},'meta':{'security':{'user_password':" + quoted(password) + "}}}}");
    }

    private Response put(String externalId, String attributes, String password) {
        return bss.put(
                "/users/by_external_id/" + externalId,
                "{'data':{'type':'User','attributes':{" + attributes + "},'meta':{'security':{'user_password':"
                        + quoted(password) + "}}}}");
    }

    private static void refused(Response response) {
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(response.code()).isEqualTo("weak_password");
        assertThat(response.source()).isEqualTo("/data/meta/security/user_password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000", "88888888", "87654321", "987654321", "12341234", "123123123", "password1", "Password123",
                "qwerty123", "1q2w3e4r5t", "iloveyou1", "trustno1", "abc12345", "a1b2c3d4", "zaq12wsx", "qwertyuiop",
                "superman1", "letmein123", "welcome1", "sunshine1", "football1", "11223344", "monkey123", "p@ssw0rd"
            })
    void whatBreachesAreFullOf(String password) {
        refused(create("'name':'Anna'", password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xxxxxxxx",
                "ÄÄÄÄÄÄÄÄÄ",
                "xyxyxyxyx",
                "x7!x7!x7!",
                "k2v9k2v9k2v9",
                "ｘｘｘｘｘｘｘｘ",
                "............",
                "тттттттт",
                "ghijklmn",
                "nmlkjihg",
                "56789012",
                "21098765",
                "γδεζηθικ",
                "٠١٢٣٤٥٦٧",
                "tyuiop[]",
                "';lkjhgf",
                "poiuztrewq",
                "йцукенгш",
                "3edc4rfv5tgb",
                "lkjh4321",
                "abcd7654mnop",
                "1234512345",
                "superman1superman1",
                "aaaabbbbcccc",
                "123321123321"
            })
    void patternsAndNothingElse(String password) {
        refused(create("'name':'Anna'", password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna.virtanen@tv-mail.example",
                "ANNA.VIRTANEN@TV-MAIL.EXAMPLE",
                "anna.virtanen",
                "Anna Päivi Virtanen",
                "virtanen anna",
                "annapaivivirtanen",
                "Virtanen",
                "+358 40 1234567",
                "358401234567",
                "0401234567",
                "00358401234567",
                "040 123 4567",
                "CUST-0010023",
                "cust0010023",
                "0010023virtanen",
                "tv-mail.example"
            })
    void thePersonsOwnNameAddressNumberOrId(String password) {
        refused(create(ANNA, password));
        var anna = create(ANNA, "three birds on a wire");
        assertThat(anna.status()).as(anna.text()).isEqualTo(201);
        refused(patch(anna.id(), "", password));
        refused(put("CUST-0010023", "", password));
    }

    @Test
    void theValuesThatAChangeBringsCount() {
        var anna = create(ANNA, "three birds on a wire").id();
        refused(patch(anna, "'name':'Bertil Lindqvist'", "lindqvist"));
        assertThat(patch(anna, "'name':'Bertil Lindqvist','contact_details':{'email':null}", "anna.virtanen")
                        .status())
                .isEqualTo(200);
        refused(put("CUST-0010024", "", "cust0010024"));
        refused(put("CUST-0010024", "'name':'Bertil Lindqvist'", "Lindqvist"));
    }

    @Test
    void aWeakPasswordIsToldWithAllElseThatIsWrong() {
        var response = create("'external_id':'','name':'Bertil Lindqvist'", "BertilLindqvist");
        assertThat(response.at("/errors").size()).as(response.text()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "x7!kQ2zv",
        "12345678x",
        "anna likes birds",
        "annavirtanen-and-more",
        "40123456789",
        "correct horse battery",
        "abcdefgh-1",
        "kissanpäivät",
        "Virtane1",
        "aaaaaaab",
        "qwerty-horse"
    })
    void allElseIsTaken(String password) {
        var made = create(ANNA, password);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }
}
