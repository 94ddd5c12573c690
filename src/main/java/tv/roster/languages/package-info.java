/// The languages for subscribers: which one is chosen, and the texts in it. Uses nothing of ours.
@NullMarked
package tv.roster.languages;

import org.jspecify.annotations.NullMarked;
