-- The audit across tenants is read in the order of its ids, with the conditions of the call. Users and keys have ids of
-- their own in the whole installation, so that what finds their events need not begin with the tenant.
create index user_event_order on user_event (id);
create index user_event_of_kind on user_event (kind, id);
create index user_event_of_user on user_event (user_id, id);
create index user_event_of_key on user_event (api_key_id, id);
drop index user_event_user;
drop index user_event_key;
