/// The pages for managers: deleted users, imports, exports and webhooks.
///
/// May use `access`, `console.calls`, `console.pages`, `console.subscribers`, `platform.http`, `platform.json`,
/// `platform.problems`, `values.text`.
@NullMarked
package tv.roster.console.manage;

import org.jspecify.annotations.NullMarked;
