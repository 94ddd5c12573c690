/// The delivery of events to webhook endpoints, by one node at a time for each endpoint.
///
/// May use `events.feed`, `events.log`, `platform.background`, `platform.database`, `platform.json`,
/// `platform.outgoing`, `platform.problems`, `platform.sql`, `values.ids`, `values.people`, `values.text`,
/// `webhooks.addresses`,
/// `webhooks.signatures` and `work`.
@NullMarked
package tv.roster.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
