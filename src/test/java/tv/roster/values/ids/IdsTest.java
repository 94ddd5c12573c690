package tv.roster.values.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final String ID = "0197a3f0-5c1e-7b2a-9d4e-0123456789ab";

    @Test
    void readsUuidsInEitherCase() {
        assertThat(Ids.parse(ID)).contains(UUID.fromString(ID));
        assertThat(Ids.parse("0197A3F0-5C1E-7B2A-9D4E-0123456789AB")).contains(UUID.fromString(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0197a3f05c1e7b2a9d4e0123456789ab",
                "{0197a3f0-5c1e-7b2a-9d4e-0123456789ab}",
                "0197a3f0-5c1e-7b2a-9d4e-0123456789ag",
                "0197a3f0-5c1e-7b2a-9d4e-0123456789a",
                "0197a3f0-5c1e-7b2a-9d4e-0123456789ab ",
                "0197a3f0-5c1e-7b2a-9d4e0-123456789ab",
                "+197a3f0-5c1e-7b2a-9d4e-0123456789ab",
                "٠197a3f0-5c1e-7b2a-9d4e-0123456789ab"
            })
    void takesNothingElseForAnId(String text) {
        assertThat(Ids.parse(text)).isEmpty();
    }
}
