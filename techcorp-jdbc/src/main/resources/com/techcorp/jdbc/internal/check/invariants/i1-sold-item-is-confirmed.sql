-- I1 S: every item of a CONFIRMED, SHIPPED or DELIVERED order has a CONFIRMED reservation
-- A row is an item that was sold without its reservation (quantities: rule i1-reservation-is-item).
select 'order ' || o.id as subject,
       'is ' || o.status || ', the reservation of product ' || i.product_id || ' is '
         || coalesce(r.status, 'missing') as problem
from ${orders}.orders o
join ${orders}.order_items i on i.order_id = o.id
left join ${inventory}.reservations r on r.order_id = i.order_id and r.product_id = i.product_id
where o.status in ('CONFIRMED', 'SHIPPED', 'DELIVERED') and r.status is distinct from 'CONFIRMED'
order by 1, 2
