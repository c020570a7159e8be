-- I8 S: CANCELLED frees the default key of the cart
-- A row is an order that keeps its customer from trying again with another card.
select 'order ' || o.id as subject,
       'is CANCELLED and still holds the default key of its cart' as problem
from ${orders}.idempotency_keys k
join ${orders}.orders o on o.id = k.order_id
where o.status = 'CANCELLED' and k.key like 'cart:%'
order by 1
