/// Files of users: what the columns of an import and of an export are.
///
/// Uses no other room.
@NullMarked
package tv.roster.users.files;

import org.jspecify.annotations.NullMarked;
