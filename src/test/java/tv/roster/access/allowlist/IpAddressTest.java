package tv.roster.access.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.InvalidValue;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:0:0:4:5:0:0:0, 1:0:0:4:5::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "::192.0.2.33, ::c000:221",
        "fe80::1, fe80::1"
    })
    void isWrittenInItsCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "256.0.0.1",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1..3.4",
                "1.2.3.-4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4:80",
                "1.2.3.4/32",
                "١.2.3.4",
                "1.2.3.4\u0000",
                "localhost",
                "abcd",
                ":",
                ":::",
                ":1",
                "1:",
                "1:2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "00001::",
                "g::",
                "[::1]",
                "::1]",
                "fe80::1%eth0",
                "fe80::1%1",
                "::127.1",
                "::1.2.3.04",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:1.2.3.256",
                "２001:db8::1",
                "::1\n",
                "1111:1111:1111:1111:1111:1111:1111:1111:1111:1111"
            })
    void refusesWhatIsNoPlainLiteral(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void readsWhatTheJdkWritesAndWritesWhatTheJdkReads() throws UnknownHostException {
        Random random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            // Zeros are frequent, so that runs of them of all lengths and places are met.
            long high = random.nextLong() & mask(random);
            long low = random.nextLong() & mask(random);
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            InetAddress jdk = InetAddress.getByAddress(bytes);
            IpAddress address = IpAddress.of(jdk);

            assertThat(IpAddress.parse(jdk.getHostAddress())).isEqualTo(address);
            assertThat(InetAddress.ofLiteral(address.toString())).isEqualTo(jdk);
        }
    }

    private static long mask(Random random) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask = (mask << 16) | (random.nextBoolean() ? 0xffff : 0);
        }
        return mask;
    }

    @Test
    void aMappedPeerIsIpv4() throws UnknownHostException {
        assertThat(IpAddress.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) 200})))
                .isEqualTo(IpAddress.parse("::ffff:192.0.2.200"))
                .hasToString("192.0.2.200");
    }
}
