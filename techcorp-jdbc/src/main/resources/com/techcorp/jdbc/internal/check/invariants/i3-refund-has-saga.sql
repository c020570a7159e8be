-- I3 S: an order whose refund was REQUESTED has a reversal saga
-- A row is a customer who waits for money that nobody sends.
select 'order ' || o.id as subject,
       'its refund was REQUESTED, no reversal saga names it' as problem
from ${orders}.orders o
where o.refund_status = 'REQUESTED'
  and o.id::text not in (
    select substring(s.data from '"order_id"\s*:\s*"([^"]+)"')
    from ${saga}.instances s
    where s.definition = 'reversal' and s.data ~ '"order_id"\s*:\s*"[^"]+"')
order by 1
