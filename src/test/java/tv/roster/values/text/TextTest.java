package tv.roster.values.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTest {
    /// The properties that Unicode has for it, as ICU knows them.
    private static boolean isUnseenByUnicode(int character) {
        return UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || UCharacter.hasBinaryProperty(character, UProperty.WHITE_SPACE)
                || UCharacter.hasBinaryProperty(character, UProperty.NONCHARACTER_CODE_POINT);
    }

    @Test
    void whatUnicodeSaysIsNotSeenIsInvisible() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(TextTest::isUnseenByUnicode)
                        .filter(character -> !Text.isInvisible(character))
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @Test
    void allElseThatIsAssignedIsSeenButForControlsFormatsAndBlanks() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(Text::isInvisible)
                        .filter(character -> !isUnseenByUnicode(character))
                        .filter(character -> switch (Character.getType(character)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.PRIVATE_USE,
                                    Character.SURROGATE,
                                    Character.UNASSIGNED -> false;
                            default -> true;
                        })
                        .mapToObj(Integer::toHexString))
                .containsExactly("2800", "13441", "13442", "16fe4", "1d159");
    }
}
