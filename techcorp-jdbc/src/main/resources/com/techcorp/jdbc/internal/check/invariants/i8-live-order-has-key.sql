-- I8 S: an order that is not CANCELLED has a key
-- A row is an order that a repeated call would place again.
select 'order ' || o.id as subject,
       'is ' || o.status || ', no idempotency key leads to it' as problem
from ${orders}.orders o
where o.status <> 'CANCELLED'
  and not exists (select from ${orders}.idempotency_keys k where k.order_id = o.id)
order by 1
