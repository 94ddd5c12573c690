set lock_timeout = 0;
drop index concurrently if exists idempotency_key_about;
create index concurrently idempotency_key_about on idempotency_key using gin (about);
