package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    @Test
    void theListIsSortedLowerCaseWithoutRepeatsOrTooShortEntries() {
        String[] entries = CommonPasswords.entries();
        assertThat(entries).hasSizeGreaterThan(10_000).allMatch(entry -> entry.matches("[!-@\\[-~]{8,}"));
        for (int i = 1; i < entries.length; i++) {
            assertThat(entries[i - 1]).isLessThan(entries[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"!qaz2wsx", "12345678", "Salasana", "QWERTYUIOP", "ｐａｓｓｗｏｒｄ", "zzzzzzz1"})
    void commonOnesAreFoundInAnyCaseAndWidth(String password) {
        assertThat(CommonPasswords.contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 12345678", "correct horse battery staple", "!", "~~~~~~~~~~~~"})
    void othersAreNot(String password) {
        assertThat(CommonPasswords.contains(password)).isFalse();
    }
}
