-- I8 S: a key is explicit, stands for the cart of its order, or stood for it until another order followed
-- A row is a key of another form, or one that stands for the cart of another order.
select 'order ' || k.order_id as subject,
       case when k.key like 'cart:%'
         then 'has the default key of another cart than ' || o.cart_id
         when k.key like 'past:%' then 'has the past key of another order'
         else 'has a key that is neither the default nor explicit'
       end as problem
from ${orders}.idempotency_keys k
join ${orders}.orders o on o.id = k.order_id
where k.key <> 'cart:' || o.cart_id and k.key <> 'past:' || o.id and k.key not like 'key:%'
order by 1
