package tv.roster.credentials.hashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class HashFormatTest {
    private static final String SALT = "c29tZXNhbHQ";
    private static final String HASH = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$$",
                "plain text",
                "5f4dcc3b5aa765d61d8327deb882cf99",
                "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "$2$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
                "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
                "$apr1$deadbeef$NWLhx1Ai4ScyoaAboTFco.",
                "$argon2$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "pbkdf2_md5$1000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=",
            })
    void unknownFormatsAreRefused(String text) {
        assertThatThrownBy(() -> HashFormat.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("no known format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$",
                "argon2id$v=19$m=256,t=2,p=1$SALT$HASH",
                "$argon2id$v=18$m=256,t=2,p=1$SALT$HASH",
                "$argon2id$v=19$t=2,m=256,p=1$SALT$HASH",
                "$argon2id$v=19$m=256,t=2$SALT$HASH",
                "$argon2id$v=19$m=256,t=2,p=1,keyid=AA$SALT$HASH",
                "$argon2id$v=19$m=0256,t=2,p=1$SALT$HASH",
                "$argon2id$v=19$m=-256,t=2,p=1$SALT$HASH",
                "$argon2id$v=19$m=٢٥٦,t=2,p=1$SALT$HASH",
                "$argon2id$v=19$m=256,t=2,p=1$SALT$",
                "$argon2id$v=19$m=256,t=2,p=1$SALT$HASH=",
                "$argon2id$v=19$m=256,t=2,p=1$SALT$HASH\n",
                "$argon2id$v=19$m=256,t=2,p=1$SALT$HASH$",
                "$argon2id$v=19$m=256,t=2,p=1$SALTxx$HASH",
                "$2a$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW",
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC+E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2a$0x$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$pbkdf2-sha256$$SALT$HASH",
                "$pbkdf2-sha256$i=1000,l=31$SALT$HASH",
                "$pbkdf2-sha256$1e3$SALT$HASH",
                "$pbkdf2-sha256$1000$SALT",
                "pbkdf2_sha256$1000$$HASH",
                "pbkdf2_sha256$1000$sea salt$HASH",
                "pbkdf2_sha256$1000$HASH",
                "$scrypt$ln=14,r=8$SALT$HASH",
                "$scrypt$n=14,r=8,p=1$SALT$HASH",
                "$scrypt$ln=14,r=8,p=1$$HASH",
                "$1$$qRPK7m23GJusamGpoGLby/",
                "$1$ninechars$YMyguxXMBpd2TEZ.vS/3q1",
                "$1$saltstri$YMyguxXMBpd2TEZ.vS/3q",
                "$1$rounds=1000$saltstri$YMyguxXMBpd2TEZ.vS/3q1",
                "$5$seventeen.letters$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "$5$rounds=$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "$5$rounds=05000$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "$6$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
            })
    void malformedHashesAreRefusedWithoutBeingShown(String form) {
        String text = form.replace("SALT", SALT).replace("HASH", HASH);
        assertThatThrownBy(() -> HashFormat.parse(text)).isInstanceOfSatisfying(InvalidValue.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_VALUE);
            assertThat(refusal.detail()).contains("malformed").doesNotContain("$");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$argon2id$v=19$m=262145,t=2,p=1$SALT$HASH|8 to 262144",
                "$argon2id$v=19$m=99999999999999999999,t=2,p=1$SALT$HASH|8 to 262144",
                "$argon2id$v=19$m=31,t=2,p=4$SALT$HASH|32 to 262144",
                "$argon2id$v=19$m=256,t=11,p=1$SALT$HASH|1 to 10",
                "$argon2id$v=19$m=256,t=0,p=1$SALT$HASH|1 to 10",
                "$argon2id$v=19$m=256,t=2,p=9$SALT$HASH|1 to 8",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbA$HASH|8 to 64 bytes",
                "$argon2id$v=19$m=256,t=2,p=1$SALT$c29tZXNhbHQ|16 to 64 bytes",
                "$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW|4 to 14",
                "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW|4 to 14",
                "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW|4 to 14",
                "$pbkdf2-sha512$2000001$SALT$HASH|1 to 2000000",
                "$pbkdf2-sha512$i=0$SALT$HASH|1 to 2000000",
                "$pbkdf2-sha512$4294967297$SALT$HASH|1 to 2000000",
                "$pbkdf2-sha512$1000$c2FsdA$c29tZXNhbHQ|16 to 64 bytes",
                "pbkdf2_sha256$2000001$seasalt$HASH|1 to 2000000",
                "$scrypt$ln=18,r=8,p=1$SALT$HASH|at most 128 MiB",
                "$scrypt$ln=17,r=9,p=1$SALT$HASH|at most 128 MiB",
                "$scrypt$ln=17,r=8,p=3$SALT$HASH|at most 2097152",
                "$scrypt$ln=16,r=1,p=1$SALT$HASH|less than 16·r",
                "$scrypt$ln=0,r=8,p=1$SALT$HASH|1 to 20",
                "$scrypt$ln=21,r=8,p=1$SALT$HASH|1 to 20",
                "$scrypt$ln=1,r=33,p=1$SALT$HASH|1 to 32",
                "$scrypt$ln=1,r=1,p=129$SALT$HASH|1 to 128",
                "$5$rounds=999$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5|1000 to 1000000",
                "$5$rounds=1000001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5|1000 to 1000000",
            })
    void whatCostsTooMuchIsRefusedWithItsCap(String form, String bounds) {
        String text = form.replace("SALT", SALT).replace("HASH", HASH);
        assertThatThrownBy(() -> HashFormat.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(bounds)
                .message()
                .doesNotContain("$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2d$v=19$m=262144,t=10,p=8$SALT$HASH",
                "$argon2i$m=8,t=1,p=1$SALT$HASH",
                "$2y$14$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$pbkdf2-sha1$i=2000000$SALT$HASH",
                "pbkdf2_sha256$2000000$s$HASH",
                "$scrypt$ln=17,r=8,p=2$SALT$HASH",
                "$5$rounds=1000000$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
            })
    void theCapsThemselvesAreTaken(String form) {
        String text = form.replace("SALT", SALT).replace("HASH", HASH);
        assertThatCode(() -> HashFormat.parse(text)).doesNotThrowAnyException();
    }

    @Test
    void longTextsAreRefusedUnread() {
        assertThatThrownBy(() -> HashFormat.parse("$pbkdf2$" + "1".repeat(1 << 20)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("512");
    }
}
