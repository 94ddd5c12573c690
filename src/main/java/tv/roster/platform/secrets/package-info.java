/// The keys that are derived from the installation's secret, one for each use.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.secrets;

import org.jspecify.annotations.NullMarked;
