/// What makes a page an operator's own: its colour, its logo and where the page leads.
///
/// May use `platform.problems` and `values.domains`.
@NullMarked
package tv.roster.values.brands;

import org.jspecify.annotations.NullMarked;
