package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void singleQuotesStandForDoubleOnes() {
        assertThat(json("{'name':'Anna','user_flags':['GOLD','']}")).isEqualTo("""
                {"name":"Anna","user_flags":["GOLD",""]}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                """
                {"name":"O'Brien"}""",
                """
                {"name":"Anna \\"O'\\" Brien","external_id":"\\\\"}""",
                """
                {"name":"O'Brien""",
            })
    void jsonStaysAsItIs(String json) {
        assertThat(json(json)).isEqualTo(json);
    }

    @Test
    void bothMayBeMixed() {
        assertThat(json("""
                {'name':"O'Brien",'external_id':'it\\u0027s \\\\'}""")).isEqualTo("""
                {"name":"O'Brien","external_id":"it\\u0027s \\\\"}""");
    }
}
