package tv.roster.values.telephony;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/// The possible lengths of numbers for each country code, from ITU-T E.164 and libphonenumber's tables.
///
/// Lenient on purpose: numbers in ranges that have not been assigned yet are accepted. The table of a country is
/// read when its first number is checked.
public final class NumberingPlan {
    /// The greatest length of a number, including the country code (ITU-T E.164).
    public static final int MOST_DIGITS = 15;

    private static final int LONGEST_COUNTRY_CODE = 3;

    private NumberingPlan() {}

    /// What is wrong with a number, given by its digits with the country code but without `+`; empty if it is
    /// possible.
    public static Optional<String> fault(String digits) {
        if (digits.length() > MOST_DIGITS) {
            return Optional.of("A telephone number has at most " + MOST_DIGITS + " digits, country code included.");
        }
        PhoneNumberUtil tables = PhoneNumberUtil.getInstance();
        int longest = digits.startsWith("0") ? 0 : Math.min(LONGEST_COUNTRY_CODE, digits.length());
        for (int length = 1; length <= longest; length++) {
            int countryCode = Integer.parseInt(digits, 0, length, 10);
            if (tables.getSupportedCallingCodes().contains(countryCode)) {
                return fault(tables, countryCode, digits.substring(length));
            }
        }
        return Optional.of("There is no country code that the number could begin with.");
    }

    private static Optional<String> fault(PhoneNumberUtil tables, int countryCode, String national) {
        if (national.isEmpty()) {
            return Optional.of("There is nothing after the country code +" + countryCode + ".");
        }
        PhoneNumber number = number(countryCode, national);
        return switch (tables.isPossibleNumberWithReason(number)) {
            case IS_POSSIBLE -> trunkPrefixFault(tables, number, national);
            case INVALID_COUNTRY_CODE -> Optional.of("There is no country code that the number could begin with.");
            case TOO_SHORT -> Optional.of("The number is too short for the country code +" + countryCode + ".");
            case TOO_LONG -> Optional.of("The number is too long for the country code +" + countryCode + ".");
            // IS_POSSIBLE_LOCAL_ONLY means that the area code is missing, which is invalid after a +.
            case IS_POSSIBLE_LOCAL_ONLY, INVALID_LENGTH ->
                Optional.of("Numbers of the country code +" + countryCode + " do not have that many digits.");
        };
    }

    /// Where lengths vary, a number with the trunk prefix 0, which is dialled only within a country, would be
    /// accepted. Since 0 is part of the number in some countries (Italy), it is rejected only if it is the
    /// country's trunk prefix and the number is not a valid one.
    private static Optional<String> trunkPrefixFault(PhoneNumberUtil tables, PhoneNumber number, String national) {
        String region = tables.getRegionCodeForCountryCode(number.getCountryCode());
        if (national.startsWith("0")
                && "0".equals(tables.getNddPrefixForRegion(region, true))
                && !tables.isValidNumber(number)) {
            return Optional.of("Leave out the 0 after the country code +" + number.getCountryCode()
                    + ": it is dialled within the country only.");
        }
        return Optional.empty();
    }

    private static PhoneNumber number(int countryCode, String national) {
        int zeros = 0;
        while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
            zeros++;
        }
        PhoneNumber number = new PhoneNumber().setCountryCode(countryCode).setNationalNumber(Long.parseLong(national));
        return zeros == 0 ? number : number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
    }
}
