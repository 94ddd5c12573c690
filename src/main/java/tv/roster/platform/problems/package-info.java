/// How a request is rejected: error codes, problems and what they blame.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.problems;

import org.jspecify.annotations.NullMarked;
