/// HTTP as features see it: requests and responses, areas with their routes, gates and dialects.
///
/// May use `platform.problems`, `values` and `values.text`.
@NullMarked
package tv.roster.platform.http;

import org.jspecify.annotations.NullMarked;
