package tv.roster.webhooks.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.platform.outgoing.Destination;

class WebhookNetworksTest {
    private static final Destination TLS = new Destination(true, "crm.example", 443, "/");
    private static final Destination PLAIN = new Destination(false, "crm.example", 80, "/");

    private final WebhookNetworks none = new WebhookNetworks(List.of());

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.2.3",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatAreNotPublicAreRefused(String literal) throws UnknownHostException {
        assertThat(none.refusal(TLS, address(literal))).startsWith("The address of the host is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.3.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void publicAddressesAreAllowedWithTls(String literal) throws UnknownHostException {
        assertThat(none.refusal(TLS, address(literal))).isNull();
        assertThat(none.refusal(PLAIN, address(literal))).contains("https://");
    }

    @Test
    void theNetworksOfTheOperatorAreAllowedWithoutTlsToo() throws UnknownHostException {
        var own = new WebhookNetworks(List.of(CidrBlock.parse("10.1.0.0/16")));
        assertThat(own.refusal(PLAIN, address("10.1.2.3"))).isNull();
        assertThat(own.refusal(TLS, address("::ffff:10.1.2.3"))).isNull();
        assertThat(own.refusal(TLS, address("10.2.0.1"))).contains("private");
        assertThat(own.refusal(PLAIN, address("8.8.8.8"))).contains("https://");
    }
}
