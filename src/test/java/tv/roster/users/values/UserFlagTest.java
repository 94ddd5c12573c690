package tv.roster.users.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.InvalidValue;

class UserFlagTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "VIP", "LOGIN_RESTRICTED", "A1_", "Z__9"})
    void takesCapitalsDigitsAndUnderscores(String flag) {
        assertThat(UserFlag.parse(flag).value()).isEqualTo(flag);
    }

    @ParameterizedTest(name = "case {index}")
    @MethodSource
    void refusesAnythingElse(String flag) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> UserFlag.parse(flag));
    }

    static Stream<String> refusesAnythingElse() {
        return Stream.of("", "vip", "1A", "_A", "A-B", "A B", "A\n", "Ä", "A".repeat(65), "A".repeat(1_000_000));
    }

    @Test
    void sortsAsItIsSpelt() {
        assertThat(Stream.of("B", "A_", "AB", "A").map(UserFlag::parse).sorted())
                .extracting(UserFlag::value)
                .containsExactly("A", "AB", "A_", "B");
    }

    @Test
    void readsStatesAsTheyAreOnTheWire() {
        assertThat(RegistrationState.parse("REGISTERED")).isEqualTo(RegistrationState.REGISTERED);
        assertThat(RegistrationState.parse("UNREGISTERED")).isEqualTo(RegistrationState.UNREGISTERED);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> RegistrationState.parse("registered"));
    }
}
