package tv.roster.users.values;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.telephony.InternationalNotation;
import tv.roster.values.telephony.NumberingPlan;
import tv.roster.values.text.Text;

/// A telephone number in the international notation of ITU-T E.123 (`+358 40 123 4567`), stored byte for byte.
///
/// The record checks the notation and the maximum length of ITU-T E.164. Only [#parse] checks whether the number is
/// possible in its country: numbering plans change, and numbers stored under an old plan must remain readable.
public record TelephoneNumber(String value) {
    private static final int LONGEST = 40; // longer than a number, to give advice on one in another notation

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

    /// The digits with the country code first, without the `+`, by which numbers are compared.
    public String digits() {
        return InternationalNotation.digits(value);
    }

    private static InvalidValue tooLong() {
        return new InvalidValue(
                ErrorCode.TOO_LONG,
                "A telephone number has at most " + NumberingPlan.MOST_DIGITS + " digits, country code included.");
    }
}
