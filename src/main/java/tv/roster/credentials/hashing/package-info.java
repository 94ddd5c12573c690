/// Hashing and verifying passwords, which takes much memory and time: the bounded pool, and whose turn it is.
///
/// May use `credentials.hashes`, `credentials.strength`, `platform.problems`, `platform.timing` and `values.ids`.
@NullMarked
package tv.roster.credentials.hashing;

import org.jspecify.annotations.NullMarked;
