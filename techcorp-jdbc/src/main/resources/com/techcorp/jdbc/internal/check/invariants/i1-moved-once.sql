-- I1 S: a product of an order is sold by one movement and returned by one at the most
-- A row is an order and product with two movements of the same kind.
select 'order ' || m.order_id as subject,
       'product ' || m.product_id || ' has ' || count(*) || ' movements ' || m.movement_type as problem
from ${inventory}.stock_movements m
where m.movement_type in ('SALE', 'RETURN') and m.order_id is not null
group by m.order_id, m.product_id, m.movement_type
having count(*) > 1
order by 1, 2
