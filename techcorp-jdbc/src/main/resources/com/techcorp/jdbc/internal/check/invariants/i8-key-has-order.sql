-- I8 S: every idempotency key leads to an order, of the caller who used it
-- A row is a key that answers a repeated call with nothing, or with the order of somebody else.
select 'caller ' || k.caller as subject,
       case when o.id is null
         then 'a key of ' || k.created_at || ' names order ' || k.order_id || ', which does not exist'
         else 'a key of ' || k.created_at || ' names order ' || k.order_id || ' of another user'
       end as problem
from ${orders}.idempotency_keys k
left join ${orders}.orders o on o.id = k.order_id
where o.id is null or o.user_id <> k.caller
order by 1, 2
