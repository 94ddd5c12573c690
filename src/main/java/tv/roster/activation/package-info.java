/// How a subscriber comes to a password: links to activate an account or to choose a new password, made, mailed, used.
/// May use `access`, `credentials`, `database`, `events`, `http`, `ids`, `jsonapi`, `languages` and `mail`.
@NullMarked
package tv.roster.activation;

import org.jspecify.annotations.NullMarked;
