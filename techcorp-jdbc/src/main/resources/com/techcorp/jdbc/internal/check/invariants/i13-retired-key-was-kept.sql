-- I13 S: a RETIRED key verifies until the last token it signed has expired, unless it leaked
-- A row is a key that was dropped while good tokens of it were about.
select 'key ' || k.kid as subject,
       'signed until ' || k.retired_at || ' and was dropped at ' || k.dropped_at
         || ': its tokens are valid for ' || k.token_seconds || ' s' as problem
from ${auth}.signing_keys k
where k.dropped_at < k.retired_at + k.token_seconds * interval '1 s'
  and k.activated_at is not null
  and (k.leaked_at is null or k.leaked_at > k.dropped_at)
order by 1
