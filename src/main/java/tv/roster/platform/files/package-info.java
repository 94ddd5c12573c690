/// Files and folders of the server that only its own user can read.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.files;

import org.jspecify.annotations.NullMarked;
