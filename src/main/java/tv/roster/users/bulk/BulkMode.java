package tv.roster.users.bulk;

/// What a row may do to its user.
public enum BulkMode {
    /// Change the user if there is one, create it otherwise.
    UPSERT,
    /// Only create users.
    CREATE,
    /// Only change users.
    UPDATE
}
