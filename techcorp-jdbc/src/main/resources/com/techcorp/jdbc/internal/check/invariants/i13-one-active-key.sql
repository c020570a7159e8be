-- I13 S: at most one key is ACTIVE
-- A row is a key that signs beside another one (also if the unique index were gone).
select 'key ' || k.kid as subject,
       'is ACTIVE since ' || k.activated_at || ', and so is another' as problem
from ${auth}.signing_keys k
where k.state = 'ACTIVE'
  and exists (select from ${auth}.signing_keys o where o.state = 'ACTIVE' and o.kid <> k.kid)
order by 1
