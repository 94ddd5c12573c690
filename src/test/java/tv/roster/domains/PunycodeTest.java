package tv.roster.domains;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    /// The samples of RFC 3492 section 7.1, those with capitals in lower case.
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "他們爲什麽不說中文, ihqwctvzc91f659drss3x8bo0yb",
        "pročprostěnemluvíčesky, proprostnemluvesky-uyb24dma41a",
        "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
        "なぜみんな日本語を話してくれないのか, n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
        "安室奈美恵-with-super-monkeys, -with-super-monkeys-pc58ag80a8qai00g7n9n",
        "ひとつ屋根の下2, 2-u9tlzr9756bt3uc0v",
        "majiでkoiする5秒前, majikoi5-783gue6qz075azm5e",
        "そのスピードで, d9juau41awczczp",
        "münchen, mnchen-3ya",
        "ü, tda"
    })
    void goesThereAndBack(String label, String encoded) {
        assertThat(Punycode.encode(label)).isEqualTo(encoded);
        assertThat(Punycode.decode(encoded)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "a-b_c", "0", "tda9"})
    void refusesWhatStandsForNothing(String encoded) {
        assertThat(Punycode.decode(encoded)).isEmpty();
    }
}
