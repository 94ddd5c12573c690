/// What belongs to the whole installation: its secret, with the generations that rotations create.
///
/// May use `access`, `calls`, `events.log`, `platform.background`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.secrets`, `platform.sql`, `values`, `values.ids`
/// and `work`.
@NullMarked
package tv.roster.installation;

import org.jspecify.annotations.NullMarked;
