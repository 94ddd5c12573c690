-- Finds who looked at a person's data. What an interrupted attempt has left is removed first.
set lock_timeout = 0;
drop index concurrently if exists admin_event_user;
create index concurrently admin_event_user on admin_event (user_id, id) where user_id is not null;
