-- I13 S: a key signs once every verifier can have it, unless it follows a key that leaked
-- A row is a key whose first tokens some verifiers refused, because they did not know it yet. The very
-- first key follows none: nobody has fetched anything before.
select 'key ' || k.kid as subject,
       'is published since ' || k.published_at || ' and signs since ' || k.activated_at
         || ': a verifier may be without it for ' || k.cache_seconds || ' s' as problem
from ${auth}.signing_keys k
cross join lateral (
  select o.leaked_at from ${auth}.signing_keys o
  where o.activated_at < k.activated_at
  order by o.activated_at desc limit 1) predecessor
where k.activated_at < k.published_at + k.cache_seconds * interval '1 s'
  and (predecessor.leaked_at is null or predecessor.leaked_at > k.activated_at)
order by 1
