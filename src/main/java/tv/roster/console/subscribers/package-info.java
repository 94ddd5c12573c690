/// The pages about subscribers: finding one, and everything about one.
///
/// May use `access`, `console.calls`, `console.pages`, `events.log`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.problems`, `platform.sql`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.console.subscribers;

import org.jspecify.annotations.NullMarked;
