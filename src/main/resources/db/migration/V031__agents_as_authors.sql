-- Changes that a support agent made at the console. An event has a key or an agent as its author, never both.
alter table user_event add column agent_id uuid;
alter table admin_event add column agent_id uuid;
alter table import add column agent_id uuid;
alter table erasure add column agent_id uuid;
