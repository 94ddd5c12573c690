package tv.roster.attacks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.Json.quoted;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;

/// A browser must neither refuse an address that is one nor send another one than was typed.
class AddressFieldInChromiumTest {
    /// What is typed, and the same address as the BSS has sent it.
    private static final Map<String, String> ADDRESSES = Map.of(
            "info@münchen.de", "info@münchen.de",
            "kontakt@münchen.de", "kontakt@xn--mnchen-3ya.de",
            "post@xn--mnchen-3ya.de", "post@MÜNCHEN.de",
            "jürgen@example.com", "Jürgen@example.com",
            "\"a b\"@example.com", "\"a b\"@example.com",
            "anna@straße.example", "anna@xn--strae-oqa.example",
            " anna+tv@example.com ", "anna+tv@example.com");

    private static void create(ApiClient bss, String email) {
        bss.createUser("'registration_information':{'registration_state':'REGISTERED'}," + "'contact_details':{'email':"
                + quoted(email) + "}");
    }

    @Test
    void everyAddressIsSentAsItWasTyped() {
        try (var server = new TestServer(Map.of("ROSTER_PUBLIC_URL", "https://tv.example"), InstantSource.system());
                var chromium = new Chromium()) {
            var tenant = server.addTenant();
            var bss = server.newKey(tenant, "users:write");
            ADDRESSES.values().forEach(email -> create(bss, email));
            var page = chromium.window(400).newPage();
            for (var typed : ADDRESSES.keySet()) {
                page.navigate(server.url() + "/forgot/t-" + tenant);
                assertThat(page.locator("#email")).hasAttribute("autocomplete", "username");
                assertThat(page.locator("#email")).hasAttribute("inputmode", "email");
                page.locator("#email").pressSequentially(typed);
                page.keyboard().press("Enter");
                assertThat(page.locator(".mark.good")).isVisible();
            }
            await().untilAsserted(() ->
                    assertThat(mailed(server, tenant)).containsExactlyInAnyOrderElementsOf(ADDRESSES.values()));
        }
    }

    private static List<String> mailed(TestServer server, UUID tenant) {
        var recipients = server.value(
                "select string_agg(recipient, E'\\n') from mail where tenant_id = ? and kind = 'password_reset'",
                tenant);
        return recipients == null ? List.of() : recipients.lines().toList();
    }
}
