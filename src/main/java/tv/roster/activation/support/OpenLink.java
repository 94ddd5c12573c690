package tv.roster.activation.support;

import java.util.UUID;

/// A link with which a subscriber can still choose a password; without its token, of which only a hash is stored.
///
/// @param kind        as [tv.roster.activation.LinkKind] has it
/// @param mailed      whether Roster mails it, or the BSS delivers it
/// @param expiresTime in epoch seconds
record OpenLink(UUID id, String kind, boolean mailed, long expiresTime) {
    static final String TYPE = "AccountLink";
}
