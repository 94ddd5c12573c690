-- The place of an event in its tenant's feed: docs/decisions/0036-the-order-of-events.md. Events from before have 0, and
-- are in the order of their ids.
--
-- What is added to transaction ids: replaced with a larger number in a database that was restored elsewhere, where they
-- begin anew. A function and not a row, since every statement that writes an event adds it.
create function feed_offset() returns bigint immutable parallel safe language sql return 0::bigint;

-- The defaults apply to what servers of the version before write, while both run.
alter table user_event add column feed_order bigint not null default 0;
alter table user_event alter column feed_order set default pg_current_xact_id()::text::bigint + feed_offset();

-- The user's version, and its state where "after" is not that.
alter table user_event add column version integer not null default 0;
alter table user_event add column state jsonb;

-- The place of the user's last event: the next one has the same or a later place.
alter table roster_user add column feed_order bigint not null default 0;

-- The highest place that was seen, now and then.
alter table installation add column feed_mark bigint not null default 0;
