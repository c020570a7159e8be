-- I1 S: an order is reversed whole, and only when it is CANCELLED
-- A row is an order with a REVERSED reservation that lives on, or with items that were not reversed.
with reversed as (
  select r.order_id, count(*) as products
  from ${inventory}.reservations r
  where r.status = 'REVERSED'
  group by r.order_id
), wanted as (
  select i.order_id, count(*) as products
  from ${orders}.order_items i
  group by i.order_id
)
select 'order ' || o.id as subject,
       'is ' || o.status || ', ' || r.products || ' of ' || coalesce(w.products, 0)
         || ' items are REVERSED' as problem
from reversed r
join ${orders}.orders o on o.id = r.order_id
left join wanted w on w.order_id = r.order_id
where o.status <> 'CANCELLED' or r.products <> coalesce(w.products, 0)
order by 1
