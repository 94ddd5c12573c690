package tv.roster.users.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class EmailAddressTest {
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void keepsValidAddressesByteForByte(String address, String why) {
        assertThat(EmailAddress.parse(address).value()).isEqualTo(address);
    }

    static Stream<Arguments> keepsValidAddressesByteForByte() {
        String atoms63 = "a".repeat(63);
        String longDomain = atoms63 + "." + atoms63 + "." + atoms63;
        return Stream.of(
                arguments("user@example.com", "RFC 5321 4.1.2: dot-string and domain"),
                arguments("a@b.co", "RFC 5321 4.1.2: one letter"),
                arguments("first.last@example.com", "RFC 5322 3.2.3: dot-atom"),
                arguments("John.SMITH@Example.COM", "RFC 5321 2.4: case is kept"),
                arguments("user+tag@example.com", "RFC 5233: subaddress"),
                arguments("!#$%&'*+-/=?^_`{|}~@example.com", "RFC 5322 3.2.3: every sign of atext"),
                arguments("o'brien@example.ie", "RFC 5322 3.2.3: apostrophe"),
                arguments("-@example.com", "RFC 5322 3.2.3: hyphen alone"),
                arguments("user-@example.com", "RFC 5322 3.2.3: hyphen at the end of the local part"),
                arguments("_@example.com", "RFC 5322 3.2.3: underscore alone"),
                arguments("1234567890@example.com", "RFC 5322 3.2.3: digits alone"),
                arguments("user%example.net@example.com", "RFC 5321 4.1.2: percent, no route any more"),
                arguments("mailhost!user@example.com", "RFC 5321 4.1.2: bang, no route any more"),
                arguments("customer/department=shipping@example.com", "RFC 3696 3: example"),
                arguments("$A12345@example.com", "RFC 3696 3: example"),
                arguments("\"Abc@def\"@example.com", "RFC 3696 3: @ in quotes"),
                arguments("\"Fred Bloggs\"@example.com", "RFC 3696 3: space in quotes"),
                arguments("\"Joe\\\\Blow\"@example.com", "RFC 5321 4.1.2: quoted-pairSMTP, backslash"),
                arguments("\"a\\\"b\"@example.com", "RFC 5321 4.1.2: quoted-pairSMTP, quotation mark"),
                arguments("\"john..doe\"@example.com", "RFC 5321 4.1.2: two dots in quotes"),
                arguments("\" \"@example.com", "RFC 5321 4.1.2: qtextSMTP, one space"),
                arguments("\"\"@example.com", "RFC 5321 4.1.2: Quoted-string may be empty"),
                arguments("a".repeat(64) + "@example.com", "RFC 5321 4.5.3.1.1: 64 octets"),
                arguments("é".repeat(32) + "@example.com", "RFC 6531 3.3: 64 octets in UTF-8"),
                arguments("a@" + longDomain + "." + "b".repeat(58) + ".c", "Contract 3: 254 characters"),
                arguments("user@" + atoms63 + ".com", "RFC 1035 2.3.4: label of 63"),
                arguments("user@a-b.example", "RFC 1035 2.3.1: hyphen within"),
                arguments("user@a--b.example", "RFC 5321 4.1.2: two hyphens within"),
                arguments("user@3com.com", "RFC 1123 2.1: label begins with a digit"),
                arguments("user@1.2.example", "RFC 1123 2.1: labels of digits"),
                arguments("user@a.b.c.d.e.example", "RFC 1034 3.1: many labels"),
                arguments("user@example.x1", "RFC 3696 2: last label not all digits"),
                arguments("user@[192.0.2.1]", "RFC 5321 4.1.3: IPv4 literal"),
                arguments("user@[255.255.255.255]", "RFC 5321 4.1.3: highest numbers"),
                arguments("user@[IPv6:2001:db8::1]", "RFC 5321 4.1.3: IPv6 literal"),
                arguments("user@[ipv6:::ffff:192.0.2.1]", "RFC 5321 4.1.3: IPv6v4, tag in any case"),
                arguments("用户@例子.广告", "RFC 6531 3.3: Chinese"),
                arguments("अजय@डाटा.भारत", "RFC 6531 3.3: Hindi"),
                arguments("квіточка@пошта.укр", "RFC 6531 3.3: Ukrainian"),
                arguments("χρήστης@παράδειγμα.ελ", "RFC 6531 3.3: Greek"),
                arguments("Dörte@Sörensen.example.com", "RFC 6531 3.3: German"),
                arguments("อีเมล@ตัวอย่าง.ไทย", "RFC 6531 3.3: Thai vowels and tones are marks"),
                arguments("user@straße.de", "RFC 5892 2.6: ß is a letter of its own"),
                arguments("user@MÜLLER.DE", "RFC 5895 2: capitals beyond ASCII"),
                arguments("user@מכון.ישראל", "RFC 5893 2: from right to left"),
                arguments("user@مثال1.إختبار", "RFC 5893 2: digits after letters from right to left"),
                arguments("user@نامه\u200Cای.com", "RFC 5892 A.1: joiner within a Persian word"),
                arguments("user@col·lecció.cat", "RFC 5892 A.3: middle dot between l and l"),
                arguments("user@インターネット・メール.jp", "RFC 5892 A.7: Katakana middle dot"),
                arguments("user@xn--mnchen-3ya.de", "RFC 5890 2.3.2.1: A-label"),
                arguments("user@XN--MNCHEN-3YA.de", "RFC 5890 2.3.2.5: A-labels in any case"),
                arguments("user@xn--strae-oqa.de", "RFC 5891: A-label that IDNA 2003 did not know"),
                arguments("user@xn--i-7iq.ws", "DomainName: an emoji in ASCII form resolves"),
                arguments("e\u0301@example.com", "RFC 6532 3.1: NFC is a SHOULD in the local part"),
                arguments("\uD83D\uDE00@example.com", "RFC 6531 3.3: a character beyond the basic plane"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refusesWhatIsNoAddress(String address, String why) {
        InvalidValue refusal = catchThrowableOfType(InvalidValue.class, () -> EmailAddress.parse(address));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(refusal.detail()).endsWith(".").doesNotContain("null");
    }

    static Stream<Arguments> refusesWhatIsNoAddress() {
        String label63 = "ü".repeat(50);
        return Stream.of(
                arguments("", "Empty"),
                arguments("user", "RFC 5321 4.1.2: no @"),
                arguments("@", "RFC 5321 4.1.2: @ alone"),
                arguments("@example.com", "RFC 5321 4.1.2: no local part"),
                arguments("user@", "RFC 5321 4.1.2: no domain"),
                arguments("a@b@example.com", "RFC 5322 3.2.3: @ is no atext"),
                arguments(".user@example.com", "RFC 5322 3.2.3: dot at the start"),
                arguments("user.@example.com", "RFC 5322 3.2.3: dot at the end"),
                arguments("us..er@example.com", "RFC 5322 3.2.3: two dots"),
                arguments("us er@example.com", "RFC 5322 3.2.3: space"),
                arguments("us,er@example.com", "RFC 5322 3.2.3: comma, a list"),
                arguments("a@example.com;b@example.com", "RFC 5322 3.4: a list"),
                arguments("us\\er@example.com", "RFC 5322 3.2.3: backslash out of quotes"),
                arguments("us\"er@example.com", "RFC 5322 3.2.3: quotation mark within an atom"),
                arguments("\"us\"er@example.com", "RFC 5321 4.1.2: text after the quotes"),
                arguments("\"us\".\"er\"@example.com", "RFC 5322 4.4: obs-local-part"),
                arguments("\"user@example.com", "RFC 5321 4.1.2: quotes not closed"),
                arguments("\"user\\\"@example.com", "RFC 5321 4.1.2: quotes closed by a quoted pair"),
                arguments("\"us\\é\"@example.com", "RFC 6531 3.3: quoted pairs stay ASCII"),
                arguments("\"us\ner\"@example.com", "RFC 5321 4.1.2: line break in quotes"),
                arguments("user (home)@example.com", "RFC 5322 3.2.2: comment"),
                arguments("user@example.com(home)", "RFC 5322 3.2.2: comment after the domain"),
                arguments("User <user@example.com>", "RFC 5322 3.4: display name"),
                arguments("<user@example.com>", "RFC 5321 4.1.2: path, no mailbox"),
                arguments("@relay.example,@b.example:user@example.com", "RFC 5321 4.1.2: source route"),
                arguments("mailto:user@@example.com", "RFC 6068: scheme and two @"),
                arguments(" user@example.com", "Contract 3: space before"),
                arguments("user@example.com ", "Contract 3: space after"),
                arguments("user@example.com\n", "Contract 3: line break after"),
                arguments("user\u0000@example.com", "Contract 5: NUL"),
                arguments("us\u007Fer@example.com", "RFC 5322 3.2.3: DEL"),
                arguments("us\u0085er@example.com", "Contract 3: control character beyond ASCII"),
                arguments("us\uD83Der@example.com", "Contract 5: lone surrogate"),
                arguments("user@ex\uDE00ample.com", "Contract 5: lone surrogate in the domain"),
                arguments("us\u00A0er@example.com", "EmailAddress: no-break space"),
                arguments("us\u200Ber@example.com", "EmailAddress: zero width space"),
                arguments("us\u202Eer@example.com", "EmailAddress: direction override"),
                arguments("a".repeat(65) + "@example.com", "RFC 5321 4.5.3.1.1: 65 octets"),
                arguments("é".repeat(33) + "@example.com", "RFC 5321 4.5.3.1.1: 66 octets in UTF-8"),
                arguments("user@localhost", "DomainName: no dot"),
                arguments("user@example.com.", "RFC 5321 4.1.2: trailing dot"),
                arguments("user@.example.com", "RFC 5321 4.1.2: leading dot"),
                arguments("user@example..com", "RFC 5321 4.1.2: empty label"),
                arguments("user@-example.com", "RFC 5321 4.1.2: label begins with a hyphen"),
                arguments("user@example-.com", "RFC 5321 4.1.2: label ends with a hyphen"),
                arguments("user@ex_ample.com", "RFC 5321 4.1.2: underscore in a domain"),
                arguments("user@ex ample.com", "RFC 5321 4.1.2: space in a domain"),
                arguments("user@example.com:25", "RFC 5321 4.1.2: port"),
                arguments("user@" + "a".repeat(64) + ".com", "RFC 1035 2.3.4: label of 64"),
                arguments("user@example.123", "RFC 3696 2: last label of digits"),
                arguments("user@192.0.2.1", "RFC 5321 4.1.3: address without brackets"),
                arguments("user@[192.0.2.256]", "RFC 5321 4.1.3: number over 255"),
                arguments("user@[192.0.2]", "RFC 5321 4.1.3: three numbers"),
                arguments("user@[192.0.2.1", "RFC 5321 4.1.3: bracket not closed"),
                arguments("user@[2001:db8::1]", "RFC 5321 4.1.3: no IPv6 tag"),
                arguments("user@[IPv6:2001:db8]", "RFC 5321 4.1.3: groups missing"),
                arguments("user@[IPv6:fe80::1%eth0]", "RFC 5321 4.1.3: zone"),
                arguments("user@xn--a.de", "RFC 5891 4.2.1: A-label of nothing"),
                arguments("user@xn--mnchen-.de", "RFC 5890 2.3.1: hyphen at the end"),
                arguments("user@xn--example-.com", "RFC 5891: ASCII in ASCII form"),
                arguments("user@xn--zzzzzzzzzzzz99.de", "RFC 3492 6.4: overflow"),
                arguments("user@xn--ü.de", "RFC 5891 4.2.3.1: xn-- before a U-label"),
                arguments("user@-ü.de", "RFC 5891 4.2.3.1: hyphen before a U-label"),
                arguments("user@mu\u0308nchen.de", "RFC 5891 4.1: not NFC"),
                arguments("user@ｅxample.com", "RFC 5892 2.1: wide letter"),
                arguments("user@example。com", "RFC 3490 3.1: ideographic full stop"),
                arguments("user@i\u2764.ws", "RFC 5892: a sign is no letter"),
                arguments("user@\u0301a.de", "RFC 5891 4.2.3.2: leading mark"),
                arguments("user@ex\u200Cample.com", "RFC 5892 A.1: joiner between Latin letters"),
                arguments("user@a·b.cat", "RFC 5892 A.3: middle dot elsewhere"),
                arguments("user@אa.com", "RFC 5893 2: both directions in a label"),
                arguments("user@1א.com", "RFC 5893 2: begins with a digit"),
                arguments("user@" + label63 + "öäöäöäöäöäöäöäöä.de", "RFC 5890 2.3.2.1: A-label over 63"));
    }

    @Test
    void saysTooLongFromThe255thCharacterOn() {
        String domain = ".example".repeat(31).substring(1);

        assertThat(EmailAddress.parse("a".repeat(6) + "@" + domain).value()).hasSize(254);
        assertThatThrownBy(() -> EmailAddress.parse("a".repeat(7) + "@" + domain))
                .isInstanceOfSatisfying(
                        InvalidValue.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LONG));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource
    void comparesWithoutRegardToCaseAlone(String one, String other, boolean same) {
        assertThat(EmailAddress.parse(one)
                        .key()
                        .equals(EmailAddress.parse(other).key()))
                .isEqualTo(same);
    }

    static Stream<Arguments> comparesWithoutRegardToCaseAlone() {
        return Stream.of(
                arguments("User@Example.COM", "user@example.com", true),
                arguments("JÜRGEN@MÜLLER.DE", "jürgen@müller.de", true),
                arguments("ΝΙΚΟΣ.Α@example.gr", "νικος.α@example.gr", true),
                arguments("ΝΙΚΟΣ@example.gr", "νικοσ@example.gr", true),
                arguments("İ@example.com", "i\u0307@example.com", true),
                arguments("İ@example.com", "i@example.com", false),
                arguments("mıke@example.com", "mike@example.com", false),
                arguments("straße@example.com", "strasse@example.com", false),
                arguments("\u00E9@example.com", "e\u0301@example.com", false),
                arguments("user@münchen.de", "user@xn--mnchen-3ya.de", true),
                arguments("user@MÜNCHEN.de", "user@XN--MNCHEN-3YA.DE", true),
                arguments("user@straße.de", "user@xn--strae-oqa.de", true),
                arguments("user@STRAẞE.de", "user@straße.de", true),
                arguments("user@straße.de", "user@strasse.de", false),
                arguments("user@παράδειγμας.gr", "user@παράδειγμασ.gr", false),
                arguments("user@例子.广告", "user@xn--fsqu00a.xn--4rr70v", true),
                arguments("jürgen@münchen.de", "JÜRGEN@xn--MNCHEN-3ya.de", true),
                arguments("jürgen@münchen.de", "xn--jrgen-kva@münchen.de", false),
                arguments("\"a@b\"@münchen.de", "\"A@B\"@xn--mnchen-3ya.de", true));
    }
}
