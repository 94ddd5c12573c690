-- Contract step of 9.2.0: servers with migration 901 use the table badge instead of the column.
alter table roster_user drop column badges;
