/// Texts that people choose: their length, the characters in them, and how they are encoded.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.values.text;

import org.jspecify.annotations.NullMarked;
