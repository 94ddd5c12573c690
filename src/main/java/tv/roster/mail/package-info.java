/// Mails to subscribers: queued in the statement that makes their link, sent by any node over SMTP.
/// May use `database`, `ids`, `languages`, `secrets` and `templates`.
@NullMarked
package tv.roster.mail;

import org.jspecify.annotations.NullMarked;
