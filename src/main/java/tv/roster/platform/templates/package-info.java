/// HTML from the templates in `src/main/jte`, which escape their values, with the stylesheet and headers of these
/// pages.
///
/// May use `platform.http`, `platform.problems`, `platform.secrets` and `values.brands`.
@NullMarked
package tv.roster.platform.templates;

import org.jspecify.annotations.NullMarked;
