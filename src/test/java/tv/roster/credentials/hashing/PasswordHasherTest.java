package tv.roster.credentials.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.credentials.hashes.Argon2Hash;
import tv.roster.credentials.hashes.Argon2Parameters;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

class PasswordHasherTest {
    private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 2, 1);
    private static final HashingLimits LIMITS = new HashingLimits(2, 100, Duration.ofMinutes(1));
    private static final TenantId TENANT = new TenantId(new UUID(0, 1));
    private static final PasswordHasher HASHER = new PasswordHasher(CHEAP, LIMITS);
    private static final Password RIGHT = Password.chosen("correct horse");

    @AfterAll
    static void close() {
        HASHER.close();
    }

    @Test
    void hashesArePhcStringsOfArgon2id() {
        assertThat(HASHER.hash(TENANT, RIGHT).text())
                .matches("\\$argon2id\\$v=19\\$m=64,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(HASHER.hash(TENANT, RIGHT).text())
                .isNotEqualTo(HASHER.hash(TENANT, RIGHT).text());
    }

    @Test
    void theRightPasswordIsRightAndAnotherIsWrong() {
        PasswordHash stored = PasswordHash.parse(HASHER.hash(TENANT, RIGHT).text());
        assertThat(HASHER.verify(TENANT, RIGHT, stored, List.of())).isEqualTo(Verification.RIGHT);
        assertThat(HASHER.verify(TENANT, Password.presented("Correct horse"), stored, List.of()))
                .isEqualTo(Verification.WRONG);
        assertThat(HASHER.verify(TENANT, Password.presented(""), stored, List.of()))
                .isEqualTo(Verification.WRONG);
    }

    @Test
    void theSameCharactersFromAnotherKeyboardAreTheSamePassword() {
        PasswordHash stored = HASHER.hash(TENANT, Password.chosen("kissanp\u00E4iv\u00E4t"));
        assertThat(HASHER.verify(TENANT, Password.presented("kissanpa\u0308iva\u0308t"), stored, List.of()))
                .isEqualTo(Verification.RIGHT);
    }

    @Test
    void hashesOfOtherParametersAreToBeMadeAnew() {
        try (PasswordHasher former = new PasswordHasher(new Argon2Parameters(128, 1, 2), LIMITS)) {
            PasswordHash stored = former.hash(TENANT, RIGHT);
            assertThat(HASHER.verify(TENANT, RIGHT, stored, List.of())).isEqualTo(Verification.RIGHT_NEEDS_REHASH);
            assertThat(HASHER.verify(TENANT, Password.presented("wrong horse"), stored, List.of()))
                    .isEqualTo(Verification.WRONG);
        }
    }

    /// Each is the hash of `password`, as told by the format's own documents or tools (see HashVectorsTest).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
                "$pbkdf2$2$c2FsdA$6mwBTcctb4zNHtkqzh1B8NjeiVc",
                "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
            })
    void importedHashesVerifyAndAreToBeMadeAnew(String imported) {
        PasswordHash stored = PasswordHash.parse(imported);
        assertThat(stored.text()).isEqualTo(imported);
        Verification verification = HASHER.verify(TENANT, Password.presented("password"), stored, List.of());
        assertThat(verification).isEqualTo(Verification.RIGHT_NEEDS_REHASH);
        assertThat(verification.accepted()).isTrue();
        assertThat(verification.needsRehash()).isTrue();
        assertThat(HASHER.verify(TENANT, Password.presented("passwort"), stored, List.of()))
                .isEqualTo(Verification.WRONG);
    }

    @Test
    void anImportedHashOfTheTextAsTypedVerifiesToo() {
        PasswordHash composed = PasswordHash.parse("$1$saltstri$k6fkWv7SA1Y5Xb2m0E34n/");
        assertThat(HASHER.verify(TENANT, Password.presented("p\u00E4ssw\u00F6rd"), composed, List.of())
                        .accepted())
                .isTrue();
        assertThat(HASHER.verify(TENANT, Password.presented("pa\u0308sswo\u0308rd"), composed, List.of())
                        .accepted())
                .isTrue();
        PasswordHash decomposed = PasswordHash.parse("$1$saltstri$ShkMRWDUhPN0BgdcRpKjj0");
        assertThat(HASHER.verify(TENANT, Password.presented("pa\u0308sswo\u0308rd"), decomposed, List.of()))
                .isEqualTo(Verification.RIGHT_NEEDS_REHASH);
    }

    @Test
    void nobodysHashCostsWhatEveryHashCosts() {
        HASHER.verifyNothing(TENANT, RIGHT, List.of());
        assertThat(Argon2Hash.ofNoPassword(CHEAP).hasParameters(CHEAP)).isTrue();
    }

    @Test
    void aClosedHasherRefuses() {
        PasswordHasher closed = new PasswordHasher(CHEAP, LIMITS);
        PasswordHash stored = closed.hash(TENANT, RIGHT);
        closed.close();
        assertThatThrownBy(() -> closed.hash(TENANT, RIGHT)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> closed.verify(TENANT, RIGHT, stored, List.of()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> closed.verifyNothing(TENANT, RIGHT, List.of())).isInstanceOf(Refusal.class);
    }

    @Test
    void theHashIsNotShown() {
        assertThat(HASHER.hash(TENANT, RIGHT)).hasToString("***");
        assertThat(HASHER.hash(TENANT, RIGHT).format().toString()).doesNotContain("$");
    }

    @Test
    void theDefaultsAreWhatOwaspAdvises() {
        assertThat(Argon2Parameters.OWASP).isEqualTo(new Argon2Parameters(19 * 1024, 2, 1));
        assertThat(HashingLimits.threads()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7,1,1", "8,0,1", "8,1,0", "15,1,2", "262145,1,1", "8,11,1", "262144,1,9", "-1,1,1"})
    void parametersOutOfRangeAreRefused(String numbers) {
        String[] of = numbers.split(",", -1);
        assertThatThrownBy(() ->
                        new Argon2Parameters(Integer.parseInt(of[0]), Integer.parseInt(of[1]), Integer.parseInt(of[2])))
                .isInstanceOf(InvalidValue.class);
    }
}
