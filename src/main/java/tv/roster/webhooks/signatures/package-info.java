/// The secrets of webhook endpoints, and signatures as Standard Webhooks has them.
///
/// May use `platform.outgoing`, `platform.secrets` and `values.ids`.
@NullMarked
package tv.roster.webhooks.signatures;

import org.jspecify.annotations.NullMarked;
