/// Files and folders of the server's own that nobody else reads; uses nothing of ours.
@NullMarked
package tv.roster.files;

import org.jspecify.annotations.NullMarked;
