package tv.roster.access.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.InvalidValue;

class CidrBlockTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "192.0.2.7/32, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "128.0.0.0/1, 128.0.0.0/1",
        "::/0, ::/0",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:db8::1, 2001:db8::1/128",
        "2001:db8:0:0:1::/80, 2001:db8:0:0:1::/80",
        "8000::/1, 8000::/1",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:10.1.2.3, 10.1.2.3/32",
        "::ffff:10.1.2.3/128, 10.1.2.3/32",
        "::ffff:0:0/96, 0.0.0.0/0",
        "::ffff:a00:0/104, 10.0.0.0/8"
    })
    void isWrittenInItsCanonicalForm(String text, String canonical) {
        assertThat(CidrBlock.parse(text)).hasToString(canonical).isEqualTo(CidrBlock.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/+24",
                "192.0.2.0/024",
                "192.0.2.0/24/24",
                "192.0.2.0/ 24",
                "192.0.2.0 /24",
                " 192.0.2.0/24",
                "192.0.2.0/255.255.255.0",
                "192.0.2.0/2٤",
                "192.0.2.0/9999999999",
                "192.0.2/24",
                "192.0.2.*",
                "10/8",
                "010.0.0.0/8",
                "2001:db8::/129",
                "2001:db8::/1280",
                "[2001:db8::]/32",
                "fe80::%eth0/64",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.0/95",
                "::ffff:10.0.0.0/129",
                "example.com/24"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatThrownBy(() -> CidrBlock.parse(text)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7/24, 192.0.2.0/24",
        "192.0.2.1/0, 0.0.0.0/0",
        "10.255.0.0/9, 10.128.0.0/9",
        "2001:db8::1/64, 2001:db8::/64",
        "2001:db8:0:1::/63, 2001:db8::/63",
        "2001:db8::ffff/112, 2001:db8::/112",
        "ffff::/8, ff00::/8",
        "::1/0, ::/0",
        "::ffff:10.0.0.1/104, 10.0.0.0/8"
    })
    void namesTheNetworkWhereBitsRightOfThePrefixAreSet(String text, String network) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("for the network write " + network + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, true",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, 192.0.1.255, false",
        "192.0.2.0/24, ::ffff:192.0.2.9, true",
        "192.0.2.0/24, ::192.0.2.9, false",
        "192.0.2.0/31, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.2, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "0.0.0.0/0, ::ffff:1.2.3.4, true",
        "128.0.0.0/1, 200.0.0.1, true",
        "128.0.0.0/1, 100.0.0.1, false",
        "::ffff:10.0.0.0/104, 10.9.8.7, true",
        "::ffff:10.0.0.0/104, 11.0.0.0, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "::/64, ::ffff:192.0.2.1, false",
        "::/64, ::1, true",
        "::1, ::1, true",
        "::1, ::2, false",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:0, true",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:db8:0:2::/63, 2001:db8:0:3::9, true",
        "2001:db8:0:2::/63, 2001:db8:0:4::9, false",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false",
        "8000::/1, ffff::, true",
        "8000::/1, 7fff::, false"
    })
    void containsItsOwnAddressesOnly(String block, String address, boolean contained) {
        assertThat(CidrBlock.parse(block).contains(IpAddress.parse(address))).isEqualTo(contained);
    }

    @Test
    void aPrefixOutsideTheFamilyDoesNotExist() {
        IpAddress address = IpAddress.parse("0.0.0.0");
        assertThatThrownBy(() -> new CidrBlock(address, 96)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new CidrBlock(address, -1)).isInstanceOf(InvalidValue.class);
    }
}
