/// Files and folders of the server that only its own user can read.
///
/// Uses no other room.
@NullMarked
package tv.roster.platform.files;

import org.jspecify.annotations.NullMarked;
