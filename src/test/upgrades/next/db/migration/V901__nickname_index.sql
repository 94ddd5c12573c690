-- Its locks keep no call waiting, so it may wait for them.
set lock_timeout = 0;
drop index concurrently if exists user_nickname;
create index concurrently user_nickname on roster_user (tenant_id, nickname, id) where nickname is not null;
