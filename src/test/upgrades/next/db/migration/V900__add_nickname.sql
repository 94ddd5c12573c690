-- For RollingUpgradeTest: what a later version may add while servers of this one run.
alter table roster_user add column nickname text;
alter table roster_user add column badges integer not null default 0;

create table badge (
    tenant_id uuid not null,
    user_id uuid not null,
    name text not null,
    primary key (tenant_id, user_id, name),
    foreign key (tenant_id, user_id) references roster_user on delete cascade
);

update roster_user set nickname = name where name is not null;
