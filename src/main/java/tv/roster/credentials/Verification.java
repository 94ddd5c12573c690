package tv.roster.credentials;

/// Whether a password was the right one, and whether its hash is to be made anew while the password is at hand.
public enum Verification {
    WRONG,
    RIGHT,
    /// Right, but kept in another format or with other parameters than those in force.
    RIGHT_NEEDS_REHASH;

    public boolean accepted() {
        return this != WRONG;
    }

    public boolean needsRehash() {
        return this == RIGHT_NEEDS_REHASH;
    }
}
