/// The keys that are derived from the installation's secret, one for each use.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.secrets;

import org.jspecify.annotations.NullMarked;
