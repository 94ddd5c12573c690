package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Json.quoted;
import static tv.roster.testing.Response.etag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// The forms of an e-mail address are one address, wherever addresses are compared.
class OneAddressTest {
    private static final String PASSWORD = "corn-salad-77";

    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newKey(server.addTenant(), "users:read", "users:write", "credentials:verify");

    private static String contact(String email) {
        return "'contact_details':{'email':" + quoted(email) + "}";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private List<String> found(String query) {
        var list = bss.get("/users?" + query);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.at("/data")
                .valueStream()
                .map(user -> user.at("/id").asString())
                .toList();
    }

    private String check(String email) {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'email':%s,'password':'%s'}}}"
                                .formatted(quoted(email), PASSWORD))
                .textAt("/data/attributes/result");
    }

    @ParameterizedTest
    @CsvSource({
        "info@münchen.de, info@xn--mnchen-3ya.de",
        "info@XN--mnchen-3YA.de, INFO@MÜNCHEN.DE",
        "anna@straße.example, anna@xn--strae-oqa.example",
        "jürgen@例子.广告, JÜRGEN@xn--fsqu00a.xn--4rr70v",
        "anna@xn--i-7iq.ws, anna@i❤.ws",
        "anna@אבג1.example, anna@xn--1-zhcde.example"
    })
    void bothFormsOfADomainAreOne(String one, String other) {
        var made = bss.post(
                "/users",
                ApiClient.user("{" + contact(one) + ",'registration_information':{'registration_state':'REGISTERED'}}")
                        .replace(
                                quoted("attributes"),
                                json("'meta':{'security':{'user_password':'" + PASSWORD + "'}},'attributes'")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.textAt("/data/attributes/contact_details/email")).isEqualTo(one);

        var taken = bss.post("/users", ApiClient.user("{" + contact(other.replace("i❤", "xn--i-7iq")) + "}"));
        assertThat(taken.code()).isEqualTo("email_taken");
        assertThat(taken.textAt("/errors/0/meta/existing_id")).isEqualTo(made.id());
        assertThat(found("filter[email]=" + encoded(one))).containsExactly(made.id());
        assertThat(found("filter[email]=" + encoded("nobody@x.example," + other)))
                .containsExactly(made.id());
        assertThat(check(one)).isEqualTo("accepted");
        assertThat(check(other)).isEqualTo("accepted");
    }

    @Test
    void anotherOwnersDomainIsAnotherAddress() {
        var street = bss.createUser(contact("anna@straße.example")).id();
        var strasse = bss.createUser(contact("anna@strasse.example")).id();
        assertThat(found("filter[email]=" + encoded("anna@straße.example"))).containsExactly(street);
        assertThat(found("filter[email]=anna@STRASSE.example")).containsExactly(strasse);
    }

    @Test
    void theFormMayBeChanged() {
        var user = bss.createUser(contact("info@münchen.de")).id();
        var changed = bss.patchUser(user, contact("info@xn--mnchen-3ya.de"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.textAt("/data/attributes/contact_details/email")).isEqualTo("info@xn--mnchen-3ya.de");
        assertThat(changed.etag()).isEqualTo(etag(2));
    }

    @Test
    void aSortedWalkMeetsBothForms() {
        var addresses = List.of("a@zoo.de", "a@bücher.de", "a@xn--mnchen-3ya.de", "a@Münster.de", "b@apple.de");
        for (var address : addresses) {
            bss.createUser(contact(address));
        }
        var walked = new java.util.ArrayList<String>();
        for (Response page = bss.get("/users?sort=email&page[size]=1"); ; page = bss.get(page.textAt("/links/next"))) {
            walked.add(page.textAt("/data/0/attributes/contact_details/email"));
            if (page.at("/links/next").isNull()) {
                break;
            }
        }
        assertThat(walked)
                .containsExactly("a@bücher.de", "a@xn--mnchen-3ya.de", "a@Münster.de", "a@zoo.de", "b@apple.de");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "john doe"@example.com | %22john%20doe%22@example.com
            "john+doe"@example.com | %22john+doe%22@example.com
            anna+tv@example.com    | anna+tv@example.com
            anna+tv@example.com    | anna%2Btv@example.com
            anna+tv@example.com    | ANNA+tv@EXAMPLE.com,%22john%20doe%22@example.com
            "a,b"@example.com      | %22a%5C,b%22@example.com
            "100%20"@example.com   | %22100%2520%22@example.com
            """)
    void aFiltersAddressIsTakenAsItWasSent(String address, String sent) {
        var user = bss.createUser(contact(address)).id();
        bss.createUser(contact("other@example.com"));
        assertThat(found("filter[email]=" + sent)).containsExactly(user);
        assertThat(found("filter%5Bemail%5D=" + sent)).containsExactly(user);
        var self = bss.get("/users?page[size]=1&filter[email]=" + sent).textAt("/links/self");
        assertThat(found(self.substring(self.indexOf('?') + 1))).containsExactly(user);
    }

    @Test
    void theLinksOfAPageKeepThePlus() {
        var first = bss.createUser(contact("anna+tv@example.com")).id();
        var second = bss.createUser(contact("\"anna tv\"@example.com")).id();
        var page = bss.get("/users?page[size]=1&filter[email]=anna+tv@example.com,%22anna%20tv%22@example.com");
        assertThat(page.textAt("/data/0/id")).isEqualTo(first);
        var next = bss.get(page.textAt("/links/next"));
        assertThat(next.textAt("/data/0/id")).isEqualTo(second);
        assertThat(bss.get(next.textAt("/links/prev")).textAt("/data/0/id")).isEqualTo(first);
    }

    @Test
    void inOtherFiltersAPlusIsASpace() {
        var user = bss.createUser("'name':'Anna Virtanen','external_id':'a b'").id();
        assertThat(found("filter[name]=anna+virtanen")).containsExactly(user);
        assertThat(found("filter[external_id]=a+b")).containsExactly(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.אבג.example@",
                "ab--ü.example",
                "ü..example",
                "xn--ü.example",
                "a\u200Cb.example",
                "ü\u00AD.example",
                "xn--6ii.example",
                "ｍünchen.de",
                "mu\u0308nchen.de",
                "ü\u2800.example",
                "ü\u3164.example",
                "1אבג.example",
                "ü_b.example"
            })
    void aDomainThatCannotBeSentToIsRefused(String domain) {
        var refused = bss.post("/users", ApiClient.user("{" + contact("anna@" + domain) + "}"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid_value");
        assertThat(refused.source()).isEqualTo("/data/attributes/contact_details/email");
        assertThat(found("filter[email]=" + encoded("anna@" + domain))).isEmpty();
    }
}
