/// How a request is rejected: error codes, problems and what they blame.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.problems;

import org.jspecify.annotations.NullMarked;
