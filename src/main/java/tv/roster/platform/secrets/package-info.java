/// The keys that are derived from the installation's secret, one for each use, and what they encrypt.
///
/// May use `values.ids`.
@NullMarked
package tv.roster.platform.secrets;

import org.jspecify.annotations.NullMarked;
