-- I1 S: a movement has the sign of its kind; SALE and RETURN name their order, RECEIPT names none
-- A row is a movement that contradicts itself.
select 'movement ' || m.id as subject,
       m.movement_type || ' of ' || m.quantity || ' of product ' || m.product_id
         || coalesce(' for order ' || m.order_id, ' without an order') as problem
from ${inventory}.stock_movements m
where (m.movement_type = 'SALE' and (m.quantity > 0 or m.order_id is null))
   or (m.movement_type = 'RETURN' and (m.quantity < 0 or m.order_id is null))
   or (m.movement_type = 'RECEIPT' and (m.quantity < 0 or m.order_id is not null))
order by 1
