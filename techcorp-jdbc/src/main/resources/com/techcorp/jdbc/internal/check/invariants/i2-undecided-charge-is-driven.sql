-- I2 S: a charge that may have happened has a saga that finds out
-- A row is a charge PENDING or UNKNOWN that nobody will ever ask the provider about.
select 'transaction ' || t.id as subject,
       'is ' || t.status || ', order ' || t.order_id || ' has no saga, forward or reversal' as problem
from ${payments}.transactions t
where t.status in ('PENDING', 'UNKNOWN')
  and not exists (select from ${saga}.instances s where s.id = t.order_id)
  and t.order_id::text not in (
    select substring(s.data from '"order_id"\s*:\s*"([^"]+)"')
    from ${saga}.instances s
    where s.definition = 'reversal' and s.data ~ '"order_id"\s*:\s*"[^"]+"')
order by 1
