package tv.roster.values.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final String ID = "0197a3f0-5c1e-7b2a-9d4e-0123456789ab";

    @Test
    void findsUuidsInTexts() {
        var one = UUID.randomUUID();
        var other = UUID.randomUUID();
        var found = new ArrayList<UUID>();
        var text = "/users/" + one + "/x?" + other.toString().toUpperCase(Locale.ROOT)
                + " 0-1-2-3-4 --------------------------------------";
        Ids.in(text.getBytes(StandardCharsets.UTF_8), found::add);
        assertThat(found).containsExactly(one, other);
        Ids.in(one.toString().substring(1).getBytes(StandardCharsets.UTF_8), found::add);
        assertThat(found).hasSize(2);
    }

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
