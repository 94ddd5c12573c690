/// HTML from the templates in `src/main/jte`, which escape what they are given, with the stylesheet and headers of such
/// pages.
///
/// May use `platform.http` and `platform.problems`.
@NullMarked
package tv.roster.platform.templates;

import org.jspecify.annotations.NullMarked;
