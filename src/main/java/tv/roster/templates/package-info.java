/// HTML from the templates in `src/main/jte`, which escape all values. Uses nothing of ours.
@NullMarked
package tv.roster.templates;

import org.jspecify.annotations.NullMarked;
