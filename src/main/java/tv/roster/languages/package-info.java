/// The languages that subscribers read: which one somebody gets, and the texts in it. Uses nothing of ours.
@NullMarked
package tv.roster.languages;

import org.jspecify.annotations.NullMarked;
