package tv.roster.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.platform.problems.InvalidValue;

class ProfileNameTest {
    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

    @Test
    void hasOneTo64CodePoints() {
        String longest = "\uD840\uDC00".repeat(64);

        assertThat(ProfileName.parse(" " + longest + " ").value()).isEqualTo(" " + longest + " ");
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ProfileName.parse(longest + "a"));
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ProfileName.parse(" "));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource
    void takesTheUsersNameCutToFit(String fullName, String profileName, String why) {
        assertThat(ProfileName.ofUser(fullName).value()).isEqualTo(profileName);
    }

    static Stream<Arguments> takesTheUsersNameCutToFit() {
        return Stream.of(
                arguments(null, "Default", "no name"),
                arguments("  Ada Lovelace ", "Ada Lovelace", "white space around"),
                arguments("a".repeat(64), "a".repeat(64), "fits just"),
                arguments("a".repeat(65), "a".repeat(64), "too long by one"),
                arguments("a".repeat(63) + " b", "a".repeat(63), "no space left at the end"),
                arguments("\uD840\uDC00".repeat(70), "\uD840\uDC00".repeat(64), "surrogate pairs stay whole"),
                arguments("a".repeat(63) + "e\u0301x", "a".repeat(63), "a letter keeps its accent"),
                arguments("a".repeat(60) + FAMILY, "a".repeat(60), "an emoji family stays together"),
                arguments("a" + "\u0301".repeat(100), "a" + "\u0301".repeat(63), "too many accents on one letter"),
                arguments("\u200D".repeat(70) + "a", "Default", "nothing to be seen is left"));
    }
}
