-- Whether nothing is left of a finished import but what is shown of it. Those of which something may be left are found
-- without a look at the rows of others.
alter table import add column cleared boolean not null default false;

create index import_uncleared on import (finished_time) where not cleared and status not in ('RECEIVING', 'QUEUED', 'RUNNING');
