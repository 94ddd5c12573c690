/// What all pages of the console stand on: who has signed in, which tenant a page is about, the calls that it makes,
/// and
/// what surrounds it.
///
/// May use `access`, `access.allowlist`, `agents.sessions`, `agents.values`, `console.calls`, `platform.http`,
/// `platform.jsonapi`, `platform.problems`, `platform.secrets`, `platform.templates`, `values.ids`,
/// `values.text` and `work`.
@NullMarked
package tv.roster.console.pages;

import org.jspecify.annotations.NullMarked;
