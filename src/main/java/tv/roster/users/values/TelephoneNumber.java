package tv.roster.users.values;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.telephony.InternationalNotation;
import tv.roster.values.telephony.NumberingPlan;
import tv.roster.values.text.Text;

/// A telephone number in the international notation of ITU-T E.123 (`+358 40 123 4567`), kept byte for byte.
///
/// The record itself holds the notation and the greatest length of ITU-T E.164. That the number is possible in its
/// country is checked by [#parse] alone: numbering plans change, and what was stored under the old one stays
/// readable.
public record TelephoneNumber(String value) {
    private static final int LONGEST = 40; // room for a number in some other notation, to give advice on

    public TelephoneNumber {
        if (value.length() > LONGEST) {
            throw tooLong();
        }
        if (!InternationalNotation.holds(value)) {
            Text.refuseControlCharacters(value.replace('\t', ' '));
            throw new InvalidValue(InternationalNotation.advice(value));
        }
        if (InternationalNotation.digits(value).length() > NumberingPlan.MOST_DIGITS) {
            throw tooLong();
        }
    }

    public static TelephoneNumber parse(String text) {
        TelephoneNumber number = new TelephoneNumber(text);
        NumberingPlan.fault(number.digits()).ifPresent(detail -> {
            throw new InvalidValue(detail);
        });
        return number;
    }

    /// Country code first, without the `+`: what numbers are compared by.
    public String digits() {
        return InternationalNotation.digits(value);
    }

    private static InvalidValue tooLong() {
        return new InvalidValue(
                ErrorCode.TOO_LONG,
                "A telephone number has at most " + NumberingPlan.MOST_DIGITS + " digits, country code included.");
    }
}
