set lock_timeout = 0;
drop index concurrently if exists user_event_feed;
create index concurrently user_event_feed on user_event (tenant_id, feed_order, version, id);
