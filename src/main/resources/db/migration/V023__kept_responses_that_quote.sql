-- Responses that name no id or have no body, and refusals, which may quote what was sent: they are searched by their text.
set lock_timeout = 0;
drop index concurrently if exists idempotency_key_quoting;
create index concurrently idempotency_key_quoting on idempotency_key (tenant_id, key)
    where status >= 204 or (status is not null and coalesce(cardinality(about), 0) = 0);
