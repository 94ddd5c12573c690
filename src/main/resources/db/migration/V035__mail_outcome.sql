-- What became of a mail, for support: the mail server that accepted it and what it said, which can quote the recipient;
-- or why it could not be sent, which says nothing about the person. Null for mails that were finished before.
alter table mail add column accepted_host text;
alter table mail add column accepted_response text;
alter table mail add column failure text;
