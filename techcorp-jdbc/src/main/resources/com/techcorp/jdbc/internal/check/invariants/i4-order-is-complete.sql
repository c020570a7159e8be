-- I4 S: orders, items and events belong together
-- A row is an order without events or without items, or events or items without their order.
select 'order ' || o.id as subject, 'has no events' as problem
from ${orders}.orders o
where not exists (select from ${orders}.order_events e where e.order_id = o.id)
union all
select 'order ' || o.id, 'has no items'
from ${orders}.orders o
where not exists (select from ${orders}.order_items i where i.order_id = o.id)
union all
select distinct 'order ' || e.order_id, 'has events, but does not exist'
from ${orders}.order_events e
where not exists (select from ${orders}.orders o where o.id = e.order_id)
union all
select distinct 'order ' || i.order_id, 'has items, but does not exist'
from ${orders}.order_items i
where not exists (select from ${orders}.orders o where o.id = i.order_id)
order by 1, 2
