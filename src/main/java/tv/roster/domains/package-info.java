/// Names of internet domains, international ones too, as e-mail addresses carry them; uses only `jsonapi`.
@NullMarked
package tv.roster.domains;

import org.jspecify.annotations.NullMarked;
