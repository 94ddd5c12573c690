package tv.roster.domains;

import tv.roster.jsonapi.Text;

/// What e-mail addresses are compared and sorted by, whoever compares them: uniqueness, filters, logins, pages.
///
/// Addresses that differ in case alone are one, and so are the two forms of an international domain. Before the @
/// it is [Text#foldCase], which differs from the lower-case form in a few letters that have two of them (ς is as σ,
/// or an address would depend on what follows it); composed and decomposed letters stay different there, since mail
/// systems need not treat them alike.
public final class MailboxKey {
    /// UTF-16 units; what is longer is no address.
    private static final int LONGEST = 1024;

    private MailboxKey() {}

    /// The key of a text that need not be an address: one that is none is nobody's.
    public static String of(String address) {
        if (address.length() > LONGEST) {
            return address;
        }
        int domain = address.lastIndexOf('@') + 1;
        return Text.foldCase(address.substring(0, domain)) + DomainName.key(address.substring(domain));
    }
}
