package tv.roster.credentials;

import org.jspecify.annotations.Nullable;

/// Whether the login check of a user is locked, because too many wrong passwords were given.
///
/// @param wrongPasswords within the last [CredentialChecks#WINDOW]
/// @param lockedUntil    in epoch seconds; null if it is not locked
record LoginLock(long wrongPasswords, @Nullable Long lockedUntil) {}
