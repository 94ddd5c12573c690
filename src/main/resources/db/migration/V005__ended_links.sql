-- A link is good for the generation of links that it was made in. Whatever sets a user's password, state or address
-- begins the next generation in the same statement, so that no link of an earlier one is ever good again.
alter table roster_user add column link_generation integer not null default 0;

delete from account_link l
 using roster_user u
 where u.tenant_id = l.tenant_id and u.id = l.user_id
   and (l.email_key is distinct from u.email_key and l.email_key is not null
        or l.kind = 'activation' and u.registered_time is not null);

alter table account_link add column generation integer not null default 0;
alter table account_link alter column generation drop default;
alter table account_link drop column email_key;

-- Which link a mail carries: it is sent while that link is good. Null for mails that were finished before.
alter table mail add column link_id uuid;

update mail m set link_id = l.id
  from account_link l
 where l.tenant_id = m.tenant_id and l.user_id = m.user_id and l.kind = m.kind and m.status = 'queued';

comment on column mail.status is
    'queued, sent, replaced (by a newer link), withdrawn (its link has ended), given_up';

-- The kinds of password hashes that a tenant's users have: the text without salt and hash, with the hash's length. There
-- are few of them, and the login check reads each once. CredentialChecksTable has the same expression.
create index user_password_kind on roster_user (
    tenant_id,
    (case when password_hash like '$2%' then left(password_hash, 7)
          else left(password_hash,
                    - length(split_part(password_hash, '$', -1)) - length(split_part(password_hash, '$', -2)) - 1)
               || length(rtrim(split_part(password_hash, '$', -1), '='))
     end collate "C")
) where password_hash is not null;
