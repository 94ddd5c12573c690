package tv.roster.access.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.access.allowlist.Judging.judge;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.access.allowlist.CallerAddress.Malformed;

/// What a trusted proxy may not send. `|` would part columns, so that commas do not.
class MalformedForwardingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            unknown
            a name.tv
            ^
            , 203.0.113.9
            192.0.2.10,
            192.0.2.10, ,203.0.113.9
            192.0.2.10 ^ , ^ 10.0.0.2
            203.0.113.9, unknown
            192.0.2.10, unknown, 10.0.0.2
            192.0.2.10, Unknown
            192.0.2.10, _hidden
            garbage, 203.0.113.9
            203.0.113.9 10.0.0.2
            203.0.113.9; 10.0.0.2
            203.0.113.9:
            203.0.113.9:x
            203.0.113.9:65536
            203.0.113.9:123456
            203.0.113.9:_p
            203.0.113.9/32
            127.1
            0313.0.113.9
            "203.0.113.9"
            for=203.0.113.9
            [203.0.113.9]
            [2001:db8::9
            2001:db8::9]
            [2001:db8::9]x
            [2001:db8::9]80
            [2001:db8::9]:
            [2001:db8::9%eth0]
            fe80::9%eth0
            []
            http://203.0.113.9
            """)
    void aMalformedXForwardedForIsNeverAPass(String lines) {
        assertThat(judge("10.0.0.1", null, lines)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            203.0.113.9
            for
            for=
            =203.0.113.9
            for=203.0.113.9,
            , for=203.0.113.9
            for=203.0.113.9,,for=10.0.0.2
            for=192.0.2.10 ^ ,
            ;
            for = 203.0.113.9
            for=203.0.113.9:80
            for=2001:db8::9
            for="2001:db8::9"
            for=[2001:db8::9]
            for="[2001:db8::9"
            for="[2001:db8::9]x"
            for="[2001:db8::9]:99999"
            for="[203.0.113.9]"
            for="203.0.113.9
            for="203.0.113.9\\
            for=203.0.113.9"
            for="203.0.113.9"x
            for=" 203.0.113.9"
            for=""
            for=_
            for=_a/b
            for=name.tv
            for=127.1
            for=203.0.113.9;for=192.0.2.10
            for=203.0.113.9;FOR=203.0.113.9
            for=203.0.113.9;proto=http;proto=https
            for=203.0.113.9 proto=https
            for=192.0.2.10, for=unknown
            for=192.0.2.10, for="unknown:80"
            for=192.0.2.10, for=_hidden, for=10.0.0.2
            for=192.0.2.10, proto=https
            for=unknown
            garbage, for=203.0.113.9
            for=192.0.2.10;x=", for=203.0.113.9
            for=192.0.2.10;x=", for="[2001:db8::9]"
            for=192.0.2.10;x=", for=203.0.113.9;host="roster.tv"
            for=192.0.2.10;x=" ^ for=203.0.113.9
            """)
    void aMalformedForwardedIsNeverAPass(String lines) {
        assertThat(judge("10.0.0.1", lines, null)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            for=203.0.113.9 proto=https                     | 1
            for=203.0.113.9"                                | 1
            for="203.0.113.9"x                              | 1
            for=203.0.113.9;for=192.0.2.10                  | 1
            for                                             | 1
            for=name.tv                                     | 1
            for=192.0.2.1, for=203.0.113.9 x                | 2
            for=192.0.2.1, for=203.0.113.9, for=127.1       | 3
            for=192.0.2.1,                                  | 2
            for=192.0.2.1 ^ for=203.0.113.9;by              | 2
            for=192.0.2.1, for=192.0.2.2 ^ for=192.0.2.3 x  | 3
            """)
    void theElementAtFaultIsNamed(String lines, int element) {
        var judged = judge("10.0.0.1", lines, null);
        assertThat(judged)
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.why()).startsWith("its element " + element + " "));
    }

    @Test
    void longHeadersAreMalformed() {
        String ofTheLimit = String.join(",", Collections.nCopies(ForwardedHeaders.MAX_ELEMENTS, "203.0.113.9"));
        assertThat(judge("10.0.0.1", null, ofTheLimit)).isInstanceOf(Judged.class);
        assertThat(judge("10.0.0.1", null, ofTheLimit + ",203.0.113.9")).isInstanceOf(Malformed.class);
        assertThat(judge("10.0.0.1", null, ofTheLimit + "^203.0.113.9")).isInstanceOf(Malformed.class);
        String line = "for=203.0.113.9;x=" + "y".repeat(ForwardedHeaders.MAX_CHARACTERS - 18);
        assertThat(judge("10.0.0.1", line, null)).isInstanceOf(Judged.class);
        assertThat(judge("10.0.0.1", line + "y", null)).isInstanceOf(Malformed.class);
        String elements = String.join(",", Collections.nCopies(ForwardedHeaders.MAX_ELEMENTS + 1, "for=203.0.113.9"));
        assertThat(judge("10.0.0.1", elements, null)).isInstanceOf(Malformed.class);
    }

    @Test
    void controlCharactersInQuotesAreMalformed() {
        assertThat(judge("10.0.0.1", "for=203.0.113.9;x=\"a\u0000\"", null)).isInstanceOf(Malformed.class);
        assertThat(judge("10.0.0.1", "for=203.0.113.9;x=\"a\u007f\"", null)).isInstanceOf(Malformed.class);
        assertThat(judge("10.0.0.1", "for=203.0.113.9;x=\"a\tb\"", null)).isInstanceOf(Judged.class);
    }
}
