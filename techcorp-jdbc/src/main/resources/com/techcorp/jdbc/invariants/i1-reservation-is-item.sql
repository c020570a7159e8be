-- I1 S: every reservation is for an item of an order, in the same quantity
-- A row is a reservation whose order does not exist or did not ask for just this.
select 'reservation ' || r.id as subject,
       case
         when not exists (select from orders.orders o where o.id = r.order_id)
           then 'its order ' || r.order_id || ' does not exist'
         when i.order_id is null
           then 'order ' || r.order_id || ' has no item of product ' || r.product_id
         else 'order ' || r.order_id || ' asks for ' || i.quantity || ' of product ' || r.product_id
           || ', ' || r.quantity || ' are reserved'
       end as problem
from inventory.reservations r
left join orders.order_items i on i.order_id = r.order_id and i.product_id = r.product_id
where i.order_id is null or i.quantity <> r.quantity
order by 1
