/// The User resource: its rules, its lists, and the calls that read and change it.
/// May use `access`, `credentials`, `database`, `domains`, `events`, `http`, `ids`, `jsonapi`, `profiles` and
/// `telephony`.
@NullMarked
package tv.roster.users;

import org.jspecify.annotations.NullMarked;
