/// Mails to subscribers: queued by the statement that creates their link, sent by any node over SMTP, or shown in the
/// outbox.
///
/// May use `platform.background`, `platform.files`, `platform.http`, `platform.problems`, `platform.secrets`,
/// `platform.sql`, `platform.templates`, `platform.timing`, `values.brands`, `values.domains`, `values.ids`,
/// `values.languages` and
/// `values.text`.
@NullMarked
package tv.roster.platform.mail;

import org.jspecify.annotations.NullMarked;
