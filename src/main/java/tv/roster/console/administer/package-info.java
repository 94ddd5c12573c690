/// The pages of administrators: keys, settings, agents, the audit, and new tenants.
///
/// May use `access`, `access.allowlist`, `agents.sessions`, `agents.values`, `console.calls`, `console.pages`,
/// `platform.http`, `platform.json`, `platform.problems`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.console.administer;

import org.jspecify.annotations.NullMarked;
