package tv.roster.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            where a = :a and b = :b_2                  | where a = $1 and b = $2
            :a, :b, :a, :ab                            | $1, $2, $1, $3
            :a::text[], b::jsonb                       | $1::text[], b::jsonb
            'at :a', 'it''s :a', '$2%', :b             | 'at :a', 'it''s :a', '$2%', $1
            "a:b", :c                                  | "a:b", $1
            :a /* :b */ + :c -- :d                     | $1 /* :b */ + $2 -- :d
            """)
    void namesBecomePositions(String named, String sent) {
        assertThat(Sql.of(named).bind().text()).isEqualTo(sent);
    }

    @Test
    void valuesStandAtTheirPositions() {
        var binding = Sql.of("select :a, :b, :a, :c")
                .bind()
                .set("c", 3)
                .set(to -> to.set("a", 1).set("b", null));

        assertThat(binding.values()).containsExactly(1, null, 3);
    }

    @Test
    void anUnknownNameIsRejected() {
        var binding = Sql.of("select :a").bind();

        assertThatIllegalStateException()
                .isThrownBy(() -> binding.set("b", 1))
                .withMessage("No parameter is named :b in select $1");
    }

    @Test
    void aMissingValueIsRejected() {
        var binding = Sql.of("select :a, :b").bind().set("a", null);

        assertThatIllegalStateException().isThrownBy(binding::values).withMessage("No value for [:b] in select $1, $2");
    }

    @Test
    void namesAndPositionsDoNotMix() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sql.of("select :a, $1"));
    }
}
