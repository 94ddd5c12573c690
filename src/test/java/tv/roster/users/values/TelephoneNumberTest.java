package tv.roster.users.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

class TelephoneNumberTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            +358 40 123 4567       | Contract 3: the example
            +358401234567          | Contract 3: no separators
            +358 401234567         | Contract 5a: any grouping
            +35840 1234567         | Contract 5a: country code not in a group of its own
            +3 5 8 4 0 1 2 3 4 5 6 7 | Contract 5a: each digit a group
            +358 9 1234567         | Finland: area code of one digit
            +358 20 1234           | Finland: short company number
            +1 212 555 0123        | North America
            +1 876 555 1234        | Jamaica: behind +1 too
            +1 800 555 0199        | North America: freephone
            +44 20 7946 0018       | United Kingdom: London
            +44 7700 900123        | United Kingdom: mobile
            +44 1632 960001        | United Kingdom: area
            +49 30 123456          | Germany: Berlin
            +49 151 23456789       | Germany: mobile
            +49 89 1234            | Germany: short
            +43 1 12345678         | Austria: Vienna
            +33 1 23 45 67 89      | France
            +39 06 1234 5678       | Italy: the 0 is part of the number
            +39 347 123 4567       | Italy: mobile without it
            +378 0549 123456       | San Marino: the 0 is part of the number
            +34 612 345 678        | Spain
            +46 8 123 456 78       | Sweden: Stockholm
            +46 70 123 45 67       | Sweden: mobile
            +47 22 12 34 56        | Norway
            +45 32 12 34 56        | Denmark
            +372 512 3456          | Estonia
            +354 410 1234          | Iceland
            +7 912 345 67 89       | Russia
            +7 701 234 5678        | Kazakhstan: behind +7 too
            +86 138 0013 8000      | China: 13 digits with the country code
            +81 90 1234 5678       | Japan
            +91 98765 43210        | India
            +61 2 1234 5678        | Australia
            +64 21 123 456         | New Zealand
            +55 11 96123 4567      | Brazil: mobile of 9 digits
            +54 9 11 2345 6789     | Argentina: mobile with the 9
            +52 55 1234 5678       | Mexico
            +225 01 23 45 67 89    | Ivory Coast: numbers begin with 0
            +241 06 03 12 34       | Gabon: old numbers with the 0
            +27 71 123 4567        | South Africa
            +971 50 123 4567       | United Arab Emirates
            +800 1234 5678         | E.164 A: universal freephone
            +870 773 111 632       | Inmarsat
            +882 16 1234 5678      | International networks
            +979 1 2345 6789       | International premium rate
            +1 040 123 4567        | E.164: possible by its length, not asked further
            """)
    void takesInternationalNotationAndKeepsIt(String number, String why) {
        TelephoneNumber parsed = TelephoneNumber.parse(number);

        assertThat(parsed.value()).isEqualTo(number);
        assertThat("+" + parsed.digits()).isEqualTo(number.replace(" ", ""));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refusesEveryOtherNotation(String number, String why, String advice) {
        InvalidValue refusal = catchThrowableOfType(InvalidValue.class, () -> TelephoneNumber.parse(number));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(refusal.detail()).contains(advice).endsWith(".");
    }

    static Stream<Arguments> refusesEveryOtherNotation() {
        String example = "such as +358 40 123 4567";
        String meant = " +358 40 123 4567.";
        return Stream.of(
                arguments("", "Empty", example),
                arguments("+", "Plus alone", example),
                arguments(" ", "Space alone", example),
                arguments("040 123 4567", "E.123 2.2: national notation", example),
                arguments("(040) 123 4567", "E.123 2.2: national notation with brackets", example),
                arguments("(212) 555-0123", "E.123 2.2: national notation, North America", example),
                arguments("401234567", "E.123 2.2: without prefix", example),
                arguments("358 40 123 4567", "E.123 2.4: no plus", example),
                arguments("00358 40 123 4567", "E.123 2.6: prefix 00 in place of the plus", meant),
                arguments("00358401234567", "E.123 2.6: prefix 00, no spaces", " +358401234567."),
                arguments("+358 (0)40 123 4567", "E.123 2.5: (0)", meant),
                arguments("+358(0)40 1234567", "E.123 2.5: (0) without spaces", " +358 40 1234567."),
                arguments("+358 (40) 123 4567", "E.123 2.5: brackets", meant),
                arguments("+358-40-123-4567", "E.123 6.1: hyphens", meant),
                arguments("+1-212-555-0123", "E.123 6.1: hyphens, North America", " +1 212 555 0123."),
                arguments("+358\u201140\u2011123\u20114567", "E.123 6.1: no-break hyphens", meant),
                arguments("+358.40.123.4567", "E.123 6.1: dots", meant),
                arguments("+358/40/123/4567", "E.123 6.1: slashes", meant),
                arguments("+358  40 123 4567", "Contract 3: two spaces", meant),
                arguments("+358\t40 123 4567", "Contract 3: tab", meant),
                arguments("+358\u00A040\u00A0123\u00A04567", "Contract 3: no-break spaces", meant),
                arguments(" +358 40 123 4567", "Contract 3: space before", meant),
                arguments("+358 40 123 4567 ", "Contract 3: space after", meant),
                arguments("+ 358 40 123 4567", "Contract 3: space after the plus", meant),
                arguments("++358 40 123 4567", "Contract 3: two pluses", example),
                arguments("+358 40+123 4567", "Contract 3: plus within", example),
                arguments("+358 40 123 4567, +358 40 123 4568", "E.123 6.3: two numbers", example),
                arguments("+358 40 123 4567 ext. 5", "E.123 7.5: extension", "extension"),
                arguments("+358 40 123 4567;ext=5", "RFC 3966 3: extension", "extension"),
                arguments("+358 40 123 4567x5", "Contract 3: extension", "extension"),
                arguments("tel:+358401234567", "RFC 3966 3: tel", "tel:"),
                arguments("+1 800 FLOWERS", "E.161: letters for digits", "words"),
                arguments("mobile", "A word", "words"),
                arguments("+٣٥٨ ٤٠ ١٢٣ ٤٥٦٧", "Contract 3: Arabic digits", meant),
                arguments("\uFF0B358 40 123 4567", "Contract 3: wide plus", meant),
                arguments("+３５８ 40 123 4567", "Contract 3: wide digits", meant),
                arguments("\u202A+358 40 123 4567\u202C", "Contract 3: marks of direction, from copying", meant),
                arguments("+358 40 123 4567\n", "Contract 3: line break", "control character"),
                arguments("+358\u000040 123 4567", "Contract 5: NUL", "control character"),
                arguments("+358\uD83D 40 123 4567", "Contract 5: lone surrogate", "surrogate"),
                arguments("*100#", "Service code", example),
                arguments("+358 40 *** 4567", "Hidden digits", example),
                arguments("+358", "E.164 6: country code alone", "nothing after the country code +358"),
                arguments("+358 1", "Finland: too short", "too short"),
                arguments("+358 112", "Finland: emergency number", "too short"),
                arguments("+1 212 555 012", "North America: nine digits", "too short"),
                arguments("+1 555 0123", "North America: no area code", "do not have that many digits"),
                arguments("+1 212 555 01234", "North America: eleven digits", "too long"),
                arguments("+47 22 12 34 56 78 9", "Norway: too long", "too long"),
                arguments("+44 0 20 7946 0018", "E.123 2.5: the 0 of the country, by length", "too long"),
                arguments("+358 040 123 4567", "E.123 2.5: the 0 of the country", "Leave out the 0"),
                arguments("+49 030 123456", "E.123 2.5: the 0 of the country", "Leave out the 0"),
                arguments("+0 40 123 4567", "E.164 6.2.1: no country code begins with 0", "no country code"),
                arguments("+210 123 4567", "E.164 D: 210 is spare", "no country code"),
                arguments("+22 607 123 4567", "E.123 2.4: its own example, of a country made up", "too long"),
                arguments("+999 123 4567", "E.164 D: 999 is spare", "no country code"));
    }

    @Test
    void saysTooLongFromThe16thDigitOn() {
        assertThat(codeOf("+49 1234567890123")).isNull();
        assertThat(codeOf("+49 12345678901234")).isEqualTo(ErrorCode.TOO_LONG);
        assertThat(codeOf("+".repeat(41))).isEqualTo(ErrorCode.TOO_LONG);
    }

    @Test
    void readsBackWhatAnOlderNumberingPlanAllowed() {
        assertThat(new TelephoneNumber("+999 123 4567").digits()).isEqualTo("9991234567");
    }

    private static ErrorCode codeOf(String number) {
        InvalidValue refusal = catchThrowableOfType(InvalidValue.class, () -> TelephoneNumber.parse(number));
        return refusal == null ? null : refusal.code();
    }
}
