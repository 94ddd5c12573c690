package tv.roster.users;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHash;

/// A change that has been checked, with the hash of its password: ready for a transaction.
public record PreparedChange(UserChange wanted, @Nullable PasswordHash password) {}
