/// The languages that subscribers read: which one a person gets, and the texts in it.
///
/// Uses no other room.
@NullMarked
package tv.roster.values.languages;

import org.jspecify.annotations.NullMarked;
