package tv.roster.credentials.hashing;

/// Whether a password is correct, and whether it should be hashed again while it is available.
public enum Verification {
    WRONG,
    RIGHT,
    /// Correct, but stored in another format or with other parameters than the current ones.
    RIGHT_NEEDS_REHASH;

    public boolean accepted() {
        return this != WRONG;
    }

    public boolean needsRehash() {
        return this == RIGHT_NEEDS_REHASH;
    }
}
