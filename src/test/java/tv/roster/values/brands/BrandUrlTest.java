package tv.roster.values.brands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class BrandUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://tv.example                            | https://tv.example
            HTTPS://TV.Example/Login?next=%2F#top         | https://tv.example
            https://tv.example:443/                       | https://tv.example
            https://tv.example:8443/a;b,c'd/logo.svg      | https://tv.example:8443
            https://xn--thti-ioa.example/logo.png         | https://xn--thti-ioa.example
            http://localhost:3000/done                    | http://localhost:3000
            http://127.0.0.1/logo.svg                     | http://127.0.0.1
            http://[::1]:8000/                            | http://[::1]:8000
            """)
    void theOriginIsWhatAPolicyNames(String text, String origin) {
        var url = BrandUrl.parse(text);
        assertThat(url.origin()).isEqualTo(origin);
        assertThat(url).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            javascript:alert(1)                | Allowed is https://
            data:image/png;base64,AA           | Allowed is https://
            //tv.example/login                 | Allowed is https://
            /login                             | Allowed is https://
            tv.example/login                   | Allowed is https://
            northtv://login                    | Allowed is https://
            http://tv.example/login            | Allowed is https://
            http://localhost.tv.example/       | Allowed is https://
            https://tv.example;script-src/     | Allowed is https://
            https://tv_1.example/              | Allowed is https://
            https://[fe80::1%25eth0]/          | Allowed is https://
            https:///login                     | Allowed is https://
            https://anna:secret@tv.example/    | must not contain a user or a password
            https://anna@tv.example/           | must not contain a user or a password
            https://tv.example:0/              | port is 1 to 65535
            https://tv.example:65536/          | port is 1 to 65535
            https://tv.example/a b             | not ASCII
            https://tähti.example/             | xn--
            https://tv.example\\@evil.example/ | Allowed is https://
            """)
    void everythingElseIsRefusedWithWhatIsAllowed(String text, String detail) {
        assertThatThrownBy(() -> BrandUrl.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(detail);
    }

    @Test
    void itsLengthIsLimited() {
        var start = "https://tv.example/";
        assertThat(BrandUrl.parse(start + "a".repeat(2048 - start.length())).origin())
                .isEqualTo("https://tv.example");
        assertThatThrownBy(() -> BrandUrl.parse(start + "a".repeat(2049 - start.length())))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_LONG));
    }
}
