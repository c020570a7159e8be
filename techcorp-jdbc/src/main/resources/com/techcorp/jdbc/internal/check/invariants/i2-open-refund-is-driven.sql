-- I2 S: a refund PENDING has a reversal saga
-- A row is a refund that was begun and that nobody finishes.
select 'refund ' || r.id as subject,
       'is PENDING, no reversal saga names transaction ' || r.transaction_id as problem
from ${payments}.refunds r
where r.status = 'PENDING'
  and r.transaction_id::text not in (
    select substring(s.data from '"transaction_id"\s*:\s*"([^"]+)"')
    from ${saga}.instances s
    where s.definition = 'reversal' and s.data ~ '"transaction_id"\s*:\s*"[^"]+"')
order by 1
