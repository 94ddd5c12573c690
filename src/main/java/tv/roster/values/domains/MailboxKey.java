package tv.roster.values.domains;

import tv.roster.values.text.Text;

/// The key by which e-mail addresses are compared and sorted everywhere: for uniqueness, filters, logins and pages.
///
/// Addresses that differ only in case are equal, and so are the two forms of an international domain. The part
/// before the @ uses [Text#foldCase], which differs from the lower-case form for a few letters that have two
/// lower-case forms (ς equals σ; otherwise the key would depend on the next letter). Composed and decomposed
/// letters remain different there, since mail systems need not treat them as equal.
public final class MailboxKey {
    /// In UTF-16 units; longer texts are not addresses.
    private static final int LONGEST = 1024;

    private MailboxKey() {}

    /// The key of a text that need not be a valid address; the key of an invalid one belongs to no user.
    public static String of(String address) {
        if (address.length() > LONGEST) {
            return address;
        }
        int domain = address.lastIndexOf('@') + 1;
        return Text.foldCase(address.substring(0, domain)) + DomainName.key(address.substring(domain));
    }
}
