/// Files and folders of the server that nobody else can read.
///
/// Uses nothing else of ours.
@NullMarked
package tv.roster.platform.files;

import org.jspecify.annotations.NullMarked;
