-- I1 S: every reservation of an order is for an item of that order, in the same quantity
-- A row is a reservation for which its order did not ask. A hold that a host made for an order of its own,
-- which is not in orders.orders, is no matter of this rule.
select 'reservation ' || r.id as subject,
       case
         when i.order_id is null
           then 'order ' || r.order_id || ' has no item of product ' || r.product_id
         else 'order ' || r.order_id || ' asks for ' || i.quantity || ' of product ' || r.product_id
           || ', ' || r.quantity || ' are reserved'
       end as problem
from ${inventory}.reservations r
join ${orders}.orders o on o.id = r.order_id
left join ${orders}.order_items i on i.order_id = r.order_id and i.product_id = r.product_id
where i.order_id is null or i.quantity <> r.quantity
order by 1
