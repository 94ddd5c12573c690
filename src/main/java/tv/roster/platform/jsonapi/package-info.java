/// JSON:API 1.1: documents, queries, pages, cursors and error documents.
///
/// May use `platform.http`, `platform.json`, `platform.problems`, `values` and `values.text`.
@NullMarked
package tv.roster.platform.jsonapi;

import org.jspecify.annotations.NullMarked;
