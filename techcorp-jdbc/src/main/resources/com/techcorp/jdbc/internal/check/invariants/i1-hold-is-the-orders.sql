-- I1 S: an order's saga, its row and its reservations name one hold token
-- A row is a hold that its order cannot change any more, or that somebody else made or can change. A cancelled
-- order may have met a host's own hold, which has no token.
select 'order ' || o.id as subject,
       'has another hold token than its reservation of product ' || r.product_id as problem
from ${orders}.orders o
join ${inventory}.reservations r on r.order_id = o.id
where r.hold_token is distinct from o.hold_token
  and (r.hold_token is not null or o.status <> 'CANCELLED')
union all
select 'order ' || o.id, 'has another hold token than its saga ' || s.id
from ${orders}.orders o
join ${saga}.instances s on s.id = o.id and s.definition = 'order'
where substring(s.data from '"holdToken" ?: ?"([0-9a-fA-F-]{36})"') <> coalesce(o.hold_token::text, '')
order by 1, 2
