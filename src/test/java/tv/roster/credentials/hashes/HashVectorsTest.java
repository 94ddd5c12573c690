package tv.roster.credentials.hashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes that others have published or made, so that what verifies here verifies everywhere.
class HashVectorsTest {
    /// RFC 9106, sections 5.1 to 5.3: they need a secret and associated data, which no text form carries.
    @ParameterizedTest
    @CsvSource({
        "0, 512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
        "1, c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
        "2, 0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
    })
    void theLibraryComputesTheTagsOfRfc9106(int variant, String tag) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(variant)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(repeated(2, 16))
                .withSecret(repeated(3, 8))
                .withAdditional(repeated(4, 12))
                .build());
        byte[] computed = new byte[32];
        generator.generateBytes(repeated(1, 32), computed);
        assertThat(HexFormat.of().formatHex(computed)).isEqualTo(tag);
    }

    /// Made with the reference implementation, whose own tests have most of them.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2d$v=19$m=512,t=3,p=4$ZGlmZnNhbHQ$29LtKBAaxeQPqwSV4PEBo3fF8zxpkuGmwnmNEo4oybo",
                "password $argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                "password $argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                "password $argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
            })
    void argon2(String password, String hash) {
        verifies(password, hash);
    }

    /// From crypt_blowfish 1.2 by Openwall; `$2b$` and `$2y$` made with libxcrypt.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U* $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
                "U*U*U $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
                "'' $2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
                "pässwörd $2b$05$abcdefghijklmnopqrstuuZVEMa1pjhlynBQ1qXmSvGBJpN9h1w8G",
                "pässwörd $2y$05$abcdefghijklmnopqrstuuZVEMa1pjhlynBQ1qXmSvGBJpN9h1w8G",
            })
    void bcrypt(String password, String hash) {
        verifies(password, hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "chars after 72 are ignored"})
    void bcryptLooksAtTheFirst72BytesOnly(String rest) {
        String first72 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        String hash = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
        assertThat(matches(first72 + rest, hash)).isTrue();
        assertThat(matches(first72.substring(0, 71) + rest, hash)).isFalse();
    }

    /// RFC 6070 (SHA-1) and RFC 7914, section 11 (SHA-256), written as PHC strings; Passlib's and Django's
    /// documents; SHA-512 by Passlib and Python's hashlib.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $pbkdf2$1$c2FsdA$DGDID5YfDnHzqbUkr2ASBi/gN6Y",
                "password $pbkdf2$2$c2FsdA$6mwBTcctb4zNHtkqzh1B8NjeiVc",
                "password $pbkdf2$4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE",
                "passwordPASSWORDpassword $pbkdf2-sha1$i=4096,l=25$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0"
                        + "$PS7sT+QchJuAyNg2YsDkSospGpZM8vBwOA",
                "passwd $pbkdf2-sha256$i=1$c2FsdA"
                        + "$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw",
                "Password $pbkdf2-sha256$i=80000,l=64$TmFDbA"
                        + "$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1ah1CWhIlgzVJrbhBtRybMXaicr3ruh0HhHj2Kzl/M8jQ==",
                "password $pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44",
                "password $pbkdf2-sha512$25000$//79IHNhbHR5IGJ5dGVz"
                        + "$TgI.rLmGdMhS2jepcXQlWo9Z44LcC09U0MiL4iV6c9oqBhXAi3lkNfbAnsg6W7oSef3VSJ8cvaDNrrlmqjUjwQ",
                "lètmein pbkdf2_sha1$10000$seasalt$oAfF6vgs95ncksAhGXOWf4Okq7o=",
                "lètmein pbkdf2_sha256$10000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=",
                "lètmein pbkdf2_sha512$10000$seasalt"
                        + "$JIPR2P99sfau7FPggra1TXQGiEsPZfO87sIFvR+AQ0V/rcdezYYHpRogvRZcUMh32GXGObw32jPdgyyJ7hZB1Q==",
            })
    void pbkdf2(String password, String hash) {
        verifies(password, hash);
    }

    /// RFC 7914, section 12, written as PHC strings, and Passlib's document.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $scrypt$ln=10,r=8,p=16$TmFDbA"
                        + "$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
                "pleaseletmein $scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU"
                        + "$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
                "password $scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
            })
    void scrypt(String password, String hash) {
        verifies(password, hash);
    }

    /// FreeBSD's and glibc's tests.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.s0.l33t|$1$deadbeef$0Huu6KHrKLVWfqa4WljDE0",
                "Hello world!|$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1",
            })
    void md5Crypt(String password, String hash) {
        verifies(password, hash);
    }

    /// Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello world!|$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "Hello world!|$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
                "This is just a test|$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5",
                "a very much longer text to encrypt.  This one even stretches over morethan one line."
                        + "|$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1",
                "we have a short salt string but not a short password"
                        + "|$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/",
                "a short string|$5$rounds=123456$asaltof16chars..$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD",
                "the minimum number is still observed"
                        + "|$5$rounds=1000$roundstoolow$yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC",
                "Hello world!|$6$saltstring"
                        + "$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "Hello world!|$6$rounds=10000$saltstringsaltst"
                        + "$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
                "This is just a test|$6$rounds=5000$toolongsaltstrin"
                        + "$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0",
                "a very much longer text to encrypt.  This one even stretches over morethan one line."
                        + "|$6$rounds=1400$anotherlongsalts"
                        + "$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1",
                "we have a short salt string but not a short password|$6$rounds=77777$short"
                        + "$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0",
                "a short string|$6$rounds=123456$asaltof16chars.."
                        + "$BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1",
                "the minimum number is still observed|$6$rounds=1000$roundstoolow"
                        + "$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.",
            })
    void shaCrypt(String password, String hash) {
        verifies(password, hash);
    }

    @Test
    void theSamePasswordArrayMayBeTriedAgain() {
        byte[] password = "Hello world!".getBytes(StandardCharsets.UTF_8);
        HashFormat hash = HashFormat.parse("$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1");
        assertThat(hash.matches(password, new FixedBlockPool(0))).isTrue();
        assertThat(hash.matches(password, new FixedBlockPool(0))).isTrue();
    }

    private static void verifies(String password, String hash) {
        assertThat(matches(password, hash)).isTrue();
        assertThat(matches(password + "x", hash)).isFalse();
    }

    private static boolean matches(String password, String hash) {
        return HashFormat.parse(hash).matches(password.getBytes(StandardCharsets.UTF_8), new FixedBlockPool(0));
    }

    private static byte[] repeated(int value, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
