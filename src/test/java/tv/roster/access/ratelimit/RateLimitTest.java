package tv.roster.access.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.problems.InvalidValue;

class RateLimitTest {
    @ParameterizedTest
    @CsvSource({"100/1s, 100, 1", "6000/60s, 6000, 60", "1/86400s, 1, 86400", "1000000/1s, 1000000, 1"})
    void isReadAndWrittenInTheFormOfTheSettings(String text, int requests, int windowSeconds) {
        assertThat(RateLimit.parse(text))
                .isEqualTo(new RateLimit(requests, windowSeconds))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "100/1",
                "100/s",
                "/1s",
                "0/1s",
                "1/0s",
                "-1/1s",
                "+1/1s",
                "01/1s",
                "1/01s",
                "1.5/1s",
                "1000001/1s",
                "1/86401s",
                "1/100000s",
                "99999999999/1s",
                "100/1m",
                "100/1S",
                "100 / 1s",
                " 100/1s",
                "100/1s ",
                "٣/1s",
                "none"
            })
    void refusesAnotherForm(String text) {
        assertThatThrownBy(() -> RateLimit.parse(text)).isInstanceOf(InvalidValue.class);
    }
}
