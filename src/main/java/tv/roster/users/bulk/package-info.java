/// Many users at once: the rules of POST and PATCH for rows that are carried out as if one after the other, with
/// statements that each take many of them.
///
/// May use `credentials.hashing`, `events.log`, `platform.problems`, `platform.sql`, `profiles`, `users`,
/// `users.values`, `values`, `values.ids` and `work`.
@NullMarked
package tv.roster.users.bulk;

import org.jspecify.annotations.NullMarked;
