/// The installation's secret: its generations, the keys that are made of them, and their rotation.
/// May use `access`, `database`, `events`, `http` and `jsonapi`.
@NullMarked
package tv.roster.secrets;

import org.jspecify.annotations.NullMarked;
