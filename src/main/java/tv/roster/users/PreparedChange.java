package tv.roster.users;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHash;

/// A change that was checked, with the hash of the password that it sets: ready for a transaction.
public record PreparedChange(UserChange wanted, @Nullable PasswordHash password) {}
