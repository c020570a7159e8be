-- I1 S: a CANCELLED order keeps no stock
-- A row is a reservation, PENDING or CONFIRMED, of an order that was cancelled.
select 'order ' || o.id as subject,
       'is CANCELLED, its reservation of ' || r.quantity || ' of product ' || r.product_id || ' is '
         || r.status as problem
from ${inventory}.reservations r
join ${orders}.orders o on o.id = r.order_id
where o.status = 'CANCELLED' and r.status in ('PENDING', 'CONFIRMED')
order by 1, 2
