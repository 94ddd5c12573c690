-- Finds what a support agent did. What an interrupted attempt has left is removed first.
set lock_timeout = 0;
drop index concurrently if exists user_event_agent;
create index concurrently user_event_agent on user_event (agent_id, id) where agent_id is not null;
