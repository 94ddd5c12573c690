package tv.roster.credentials.strength;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    @Test
    void theListIsSortedLowerCaseWithoutRepeatsOrTooShortEntries() {
        var entries = CommonPasswords.entries();
        assertThat(entries).hasSizeGreaterThan(40_000).allMatch(entry -> entry.matches("[!-@\\[-~]{8,}"));
        for (int i = 1; i < entries.size(); i++) {
            assertThat(entries.get(i - 1)).isLessThan(entries.get(i));
        }
    }

    @Test
    void eachEntryIsFound() {
        assertThat(CommonPasswords.entries()).allMatch(CommonPasswords::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 12345678", "12345678 ", "\n", "1234567", "correct horse battery staple", "!", "~~~~~~~~~~"
            })
    void othersAreNot(String password) {
        assertThat(CommonPasswords.contains(password)).isFalse();
    }
}
