/// Where everything starts: the commands, the settings, and the one place that puts the parts together.
@NullMarked
package tv.roster;

import org.jspecify.annotations.NullMarked;
