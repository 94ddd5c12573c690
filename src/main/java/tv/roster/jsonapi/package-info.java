/// JSON:API 1.1 as Roster speaks it: documents, queries, cursors and errors. Knows no feature and uses nothing of ours.
@NullMarked
package tv.roster.jsonapi;

import org.jspecify.annotations.NullMarked;
