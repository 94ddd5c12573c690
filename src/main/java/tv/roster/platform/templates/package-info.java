/// HTML from the templates in `src/main/jte`, which escape their values, with the stylesheet and headers of these
/// pages.
///
/// May use `platform.http`, `platform.problems` and `platform.secrets`.
@NullMarked
package tv.roster.platform.templates;

import org.jspecify.annotations.NullMarked;
