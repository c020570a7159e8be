-- I13 S: an address belongs to one user
-- A row is a user whose address another one has, also if it is only another spelling of it (and if the
-- unique index were gone).
with addresses as (
  select u.id, lower(case getdatabaseencoding()
    when 'UTF8' then normalize(u.canonical_email, nfc) else u.canonical_email end) as address
  from ${auth}.users u
)
select 'user ' || min(a.id::text) as subject,
       'has the address of ' || max(a.id::text) || ' too: ' || count(*) || ' users have it' as problem
from addresses a
group by a.address
having count(*) > 1
order by 1
