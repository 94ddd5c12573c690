/// The names of internet domains, including international ones, in e-mail addresses; uses only `jsonapi`.
@NullMarked
package tv.roster.domains;

import org.jspecify.annotations.NullMarked;
