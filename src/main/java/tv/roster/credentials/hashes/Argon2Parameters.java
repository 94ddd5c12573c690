package tv.roster.credentials.hashes;

import tv.roster.platform.problems.InvalidValue;

/// The cost of an Argon2 hash: KiB of memory (8 for each lane, to 262,144), iterations (1 to 10), lanes (1 to 8).
public record Argon2Parameters(int memoryKiB, int iterations, int parallelism) {
    public static final int MOST_MEMORY_KIB = 262_144;
    public static final int MOST_ITERATIONS = 10;
    public static final int MOST_PARALLELISM = 8;

    /// The recommendation of the OWASP Password Storage Cheat Sheet for Argon2id.
    public static final Argon2Parameters OWASP = new Argon2Parameters(19_456, 2, 1);

    public Argon2Parameters {
        check("lanes", parallelism, 1, MOST_PARALLELISM);
        check("memory in KiB", memoryKiB, 8 * parallelism, MOST_MEMORY_KIB);
        check("iterations", iterations, 1, MOST_ITERATIONS);
    }

    private static void check(String meaning, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw new InvalidValue("Argon2's " + meaning + " must be " + smallest + " to " + largest + ".");
        }
    }
}
