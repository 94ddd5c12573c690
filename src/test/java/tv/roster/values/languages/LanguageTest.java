package tv.roster.values.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null | FI",
                "'' | FI",
                "de | DE",
                "de-CH,de;q=0.9,en;q=0.8 | DE",
                "fr-FR,fr;q=0.9,es;q=0.5 | ES",
                "fr | FI",
                "en;q=0.1,es;q=0.9 | ES",
                "en;q=0,* | FI",
                "sv | FI",
                "this is no header;;; | FI",
                "de;q=x | FI"
            })
    void theHeadersBestLanguageThatIsOfferedIsTaken(String header, Language expected) {
        var offered = List.of(Language.FI, Language.EN, Language.DE, Language.ES);
        assertThat(Language.preferred(header, offered)).isEqualTo(expected);
    }
}
