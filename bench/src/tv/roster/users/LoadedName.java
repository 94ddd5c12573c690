package tv.roster.users;

import java.util.Arrays;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.FullName;
import tv.roster.users.values.TelephoneNumber;

/// What the code derives from names, for rows that are inserted without it.
public final class LoadedName {
    private LoadedName() {}

    public static String[] sortKeys(String[] names) {
        return Arrays.stream(names).map(name -> new FullName(name).sortKey()).toArray(String[]::new);
    }

    public static String[] folded(String[] names) {
        return Arrays.stream(names).map(name -> new FullName(name).folded()).toArray(String[]::new);
    }

    /// Whether the derived columns of a row equal what the code derives.
    public static boolean isDerived(
            String name,
            String nameKey,
            String nameFolded,
            String email,
            String emailKey,
            String telephone,
            String telephoneDigits) {
        var full = FullName.parse(name);
        return full.sortKey().equals(nameKey)
                && full.folded().equals(nameFolded)
                && EmailAddress.parse(email).key().equals(emailKey)
                && TelephoneNumber.parse(telephone).digits().equals(telephoneDigits);
    }
}
