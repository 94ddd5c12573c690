-- Kept answers and wrong passwords end by themselves, so they do not hold up the end of a tenant that has millions of
-- them: they are removed afterwards, some thousand at a time.
alter table idempotency_key drop constraint idempotency_key_tenant_id_fkey;
alter table wrong_password drop constraint wrong_password_tenant_id_fkey;

-- The event of the last lockout, so that the audit has one for each window and not one for each wrong password.
alter table wrong_password add column locked_event uuid;

-- Refused calls are in the audit as well, so that its lines are no longer few.
create index admin_event_kind on admin_event (kind, id);
create index admin_event_subject on admin_event (subject_key_id, id);
create index admin_event_author on admin_event (author_key_id, id);
