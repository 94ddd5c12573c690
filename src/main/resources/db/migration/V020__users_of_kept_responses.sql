-- The ids of everything that a kept response is about, by which the responses about a user are found when the user is
-- erased. Null in rows from before, and in those of servers of the version before.
alter table idempotency_key add column about uuid[];
