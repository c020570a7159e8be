-- I1 S: CONFIRMED reservations left as SALE, REVERSED ones came back as RETURN, others never moved
-- A row is an order and product whose movements are not what the state of its reservation asks for.
with moved as (
  select m.order_id, m.product_id,
         coalesce(sum(m.quantity) filter (where m.movement_type = 'SALE'), 0) as sold,
         coalesce(sum(m.quantity) filter (where m.movement_type = 'RETURN'), 0) as returned
  from ${inventory}.stock_movements m
  where m.movement_type in ('SALE', 'RETURN') and m.order_id is not null
  group by m.order_id, m.product_id
), due as (
  select r.order_id, r.product_id, r.status,
         case when r.status in ('CONFIRMED', 'REVERSED') then -r.quantity else 0 end as sold,
         case when r.status = 'REVERSED' then r.quantity else 0 end as returned
  from ${inventory}.reservations r
)
select 'order ' || coalesce(d.order_id, m.order_id) as subject,
       'product ' || coalesce(d.product_id, m.product_id) || ': reservation '
         || coalesce(d.status, 'missing') || ', SALE ' || coalesce(m.sold, 0)
         || ' (wanted ' || coalesce(d.sold, 0) || '), RETURN ' || coalesce(m.returned, 0)
         || ' (wanted ' || coalesce(d.returned, 0) || ')' as problem
from due d
full join moved m on m.order_id = d.order_id and m.product_id = d.product_id
where coalesce(d.sold, 0) <> coalesce(m.sold, 0)
   or coalesce(d.returned, 0) <> coalesce(m.returned, 0)
order by 1, 2
