-- I8 S: a key is explicit, or stands for the cart of its order
-- A row is a key of another form, or one that stands for the cart of another order.
select 'order ' || k.order_id as subject,
       case when k.key like 'cart:%'
         then 'has the default key of another cart than ' || o.cart_id
         else 'has a key that is neither the default nor explicit'
       end as problem
from orders.idempotency_keys k
join orders.orders o on o.id = k.order_id
where k.key <> 'cart:' || o.cart_id and k.key not like 'key:%'
order by 1
