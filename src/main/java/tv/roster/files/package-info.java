/// The server's own files and folders, which only its user can read; uses nothing of ours.
@NullMarked
package tv.roster.files;

import org.jspecify.annotations.NullMarked;
