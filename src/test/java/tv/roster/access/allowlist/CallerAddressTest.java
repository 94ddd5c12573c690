package tv.roster.access.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.access.allowlist.Judging.headers;
import static tv.roster.access.allowlist.Judging.judge;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.access.allowlist.CallerAddress.Malformed;
import tv.roster.access.allowlist.CallerAddress.Origin;
import tv.roster.platform.problems.Refusal;

/// `|` parts columns; the trusted networks are those of [Judging].
class CallerAddressTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            one address                         | 203.0.113.9                                | 203.0.113.9
            IPv6                                | 2001:DB8::0:9                              | 2001:db8::9
            IPv6 in brackets                    | [2001:db8::9]                              | 2001:db8::9
            a port                              | 203.0.113.9:4711                           | 203.0.113.9
            IPv6 with a port                    | [2001:db8::9]:80                           | 2001:db8::9
            mapped is IPv4                      | ::ffff:203.0.113.9                         | 203.0.113.9
            mapped in brackets                  | [::ffff:203.0.113.9]:1                     | 203.0.113.9
            a trusted proxy right of it         | 203.0.113.9, 10.0.0.2                      | 203.0.113.9
            a mapped trusted proxy              | 203.0.113.9, ::ffff:10.0.0.2               | 203.0.113.9
            trusted proxies of both families    | 203.0.113.9, 2001:db8:aaaa::2, 10.0.0.2:99 | 203.0.113.9
            a spoofed one on the left           | 192.0.2.10, 203.0.113.9                    | 203.0.113.9
            a spoofed trusted proxy on the left | 10.0.0.7, 203.0.113.9                      | 203.0.113.9
            a spoofed chain                     | 192.0.2.10, 10.0.0.7, 203.0.113.9, 10.0.0.2 | 203.0.113.9
            a spoofed line of its own           | 192.0.2.10 ^ 203.0.113.9                   | 203.0.113.9
            lines are one list                  | 203.0.113.9 ^ 10.0.0.3 ^ 10.0.0.2          | 203.0.113.9
            a line with two, then one           | 192.0.2.10, 203.0.113.9 ^ 10.0.0.2         | 203.0.113.9
            all trusted: the left-most          | 10.0.0.9, 10.0.0.3, 10.0.0.2               | 10.0.0.9
            one, trusted                        | 10.0.0.9                                   | 10.0.0.9
            no white space                      | 192.0.2.10,203.0.113.9                     | 203.0.113.9
            much white space                    | 192.0.2.10   ,    203.0.113.9              | 203.0.113.9
            hidden left of what decides         | unknown, 203.0.113.9, 10.0.0.2             | 203.0.113.9
            """)
    void xForwardedForIsReadFromTheRight(String what, String lines, String address) {
        assertThat(judge("10.0.0.1", null, lines))
                .isEqualTo(new Judged(IpAddress.parse(address), Origin.X_FORWARDED_FOR));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            one address                       | for=203.0.113.9                                    | 203.0.113.9
            the name in capitals              | FOR=203.0.113.9                                    | 203.0.113.9
            quoted                            | for="203.0.113.9"                                  | 203.0.113.9
            with a port                       | for="203.0.113.9:4711"                             | 203.0.113.9
            with a hidden port                | for="203.0.113.9:_p1"                              | 203.0.113.9
            IPv6                              | for="[2001:db8::9]"                                | 2001:db8::9
            IPv6 with a port                  | for="[2001:db8::9]:4711"                           | 2001:db8::9
            mapped is IPv4                    | for="[::ffff:203.0.113.9]"                         | 203.0.113.9
            other parameters                  | proto=https;for=203.0.113.9;by=10.0.0.1;host=a.tv  | 203.0.113.9
            an extension                      | for=203.0.113.9;secret="a b"                       | 203.0.113.9
            spaces after semicolons           | for=203.0.113.9; proto=https                       | 203.0.113.9
            a semicolon at the end            | for=203.0.113.9;                                   | 203.0.113.9
            a trusted proxy right of it       | for=203.0.113.9, for=10.0.0.2                      | 203.0.113.9
            a trusted IPv6 proxy right of it  | for=203.0.113.9,for="[2001:db8:aaaa::1]:80"        | 203.0.113.9
            a spoofed one on the left         | for=192.0.2.10, for=203.0.113.9                    | 203.0.113.9
            a spoofed line of its own         | for=192.0.2.10 ^ for=203.0.113.9 ^ for=10.0.0.2    | 203.0.113.9
            a comma within quotes             | for=203.0.113.9;x="a, for=192.0.2.10"              | 203.0.113.9
            a comma within quotes, then one   | for=192.0.2.10;x="a,b;for=1.1.1.1", for=203.0.113.9 | 203.0.113.9
            an escaped quote                  | for=203.0.113.9;x="a\\", for=192.0.2.10"            | 203.0.113.9
            an escaped digit                  | for="203.0.113.\\9"                                 | 203.0.113.9
            by does not count                 | for=203.0.113.9;by=192.0.2.10                      | 203.0.113.9
            hidden left of what decides       | for=unknown, for=_x, for=203.0.113.9               | 203.0.113.9
            silent left of what decides       | proto=https, for=203.0.113.9                       | 203.0.113.9
            all trusted: the left-most        | for=10.0.0.9, for=10.0.0.2                         | 10.0.0.9
            """)
    void forwardedIsReadFromTheRight(String what, String lines, String address) {
        assertThat(judge("10.0.0.1", lines, null)).isEqualTo(new Judged(IpAddress.parse(address), Origin.FORWARDED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', nullValues = "-", textBlock = """
            nobody is behind a stranger          | 203.0.113.9       | -              | 192.0.2.10 | 203.0.113.9
            nor with the standard header         | 203.0.113.9       | for=192.0.2.10 | -          | 203.0.113.9
            nor does a stranger's rubbish matter | 203.0.113.9       | rubbish        | rubbish    | 203.0.113.9
            a neighbour of the trusted network   | 11.0.0.1          | -              | 192.0.2.10 | 11.0.0.1
            a neighbour in IPv6                  | 2001:db8:aaab::1  | -              | 192.0.2.10 | 2001:db8:aaab::1
            an IPv6 address that ends like one   | ::10.0.0.1        | -              | 192.0.2.10 | ::a00:1
            a proxy that sends no header         | 10.0.0.1          | -              | -          | 10.0.0.1
            a mapped one that sends no header    | ::ffff:10.0.0.1   | -              | -          | 10.0.0.1
            """)
    void thePeerIsJudgedUnlessATrustedProxySaysMore(
            String what, String peer, @Nullable String forwarded, @Nullable String xForwardedFor, String address) {
        assertThat(judge(peer, forwarded, xForwardedFor)).isEqualTo(new Judged(IpAddress.parse(address), Origin.PEER));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1", "::ffff:10.0.0.1", "10.255.255.255", "2001:db8:aaaa:1::1"})
    void everyAddressOfTheTrustedNetworksIsBelieved(String peer) {
        assertThat(judge(peer, null, "203.0.113.9"))
                .isEqualTo(new Judged(IpAddress.parse("203.0.113.9"), Origin.X_FORWARDED_FOR));
    }

    @Test
    void withoutTrustedProxiesNoHeaderIsRead() {
        IpAddress peer = IpAddress.parse("10.0.0.1");
        assertThat(TrustedProxies.NONE.judge(peer, headers(null, "203.0.113.9")))
                .isEqualTo(new Judged(peer, Origin.PEER));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', nullValues = "-", textBlock = """
            they agree                    | for=203.0.113.9                  | 203.0.113.9             | FORWARDED
            they agree by longer ways     | for=1.1.1.1, for=203.0.113.9     | 203.0.113.9, 10.0.0.2   | FORWARDED
            Forwarded is made up          | for=192.0.2.10                   | 203.0.113.9             | -
            X-Forwarded-For is made up    | for=203.0.113.9                  | 192.0.2.10              | -
            Forwarded is malformed        | for=                             | 203.0.113.9             | -
            X-Forwarded-For is malformed  | for=203.0.113.9                  | rubbish                 | -
            Forwarded hides               | for=_hidden                      | 203.0.113.9             | -
            """)
    void bothHeadersMustLeadToTheSameAddress(
            String what, String forwarded, String xForwardedFor, @Nullable Origin origin) {
        CallerAddress caller = judge("10.0.0.1", forwarded, xForwardedFor);
        if (origin == null) {
            assertThat(caller).isInstanceOf(Malformed.class);
        } else {
            assertThat(caller).isEqualTo(new Judged(IpAddress.parse("203.0.113.9"), origin));
        }
    }

    @Test
    void theRefusalNamesTheHeaderTheProxyAndTheElement() {
        assertThatThrownBy(() ->
                        judge("10.0.0.1", null, "192.0.2.10, unknown, 10.0.0.2").orRefuse())
                .isInstanceOf(Refusal.class)
                .hasMessage("The caller's address is not known: the header X-Forwarded-For that the proxy 10.0.0.1 sent"
                        + " cannot be used: its element 2 hides the address that decides.")
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(403);
                    assertThat(refusal.problems().getFirst().code().code()).isEqualTo("ip_not_allowed");
                    assertThat(refusal.problems().getFirst().source().place()).isEqualTo("X-Forwarded-For");
                    assertThat(refusal.problems().getFirst().meta()).containsEntry("address", "10.0.0.1");
                });
    }

    @Test
    void aJudgedAddressIsNotRefused() {
        assertThat(judge("10.0.0.1", null, "203.0.113.9").orRefuse().address()).hasToString("203.0.113.9");
    }
}
