/// Files of users as they arrive: their rows, however the file is written, and the chunks in which rows are stored.
///
/// May use `calls`, `platform.csv`, `platform.problems` and `users.files`.
@NullMarked
package tv.roster.imports.file;

import org.jspecify.annotations.NullMarked;
