-- Finds users that were deleted under an external id. Events come from all changes: building the index must not hold
-- these up.
set lock_timeout = 0;
drop index concurrently if exists user_event_deleted;
create index concurrently user_event_deleted on user_event (tenant_id, (before ->> 'external_id'), id)
    where kind = 'user.deleted';
