/// What the installation's secret is good for; uses nothing of ours.
@NullMarked
package tv.roster.secrets;

import org.jspecify.annotations.NullMarked;
