/// The languages that subscribers read: which one a person gets, and the texts in it.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.values.languages;

import org.jspecify.annotations.NullMarked;
