-- I5 S: an order has handed to the outbox what its events call for
-- A row is an order whose counter of published events is not the number of its public events.
with public as (
  select e.order_id, count(*) as events
  from ${orders}.order_events e
  where e.event_type in ('PAID', 'CONFIRMED', 'CANCELLED', 'REFUNDED', 'SHIPPED', 'DELIVERED')
  group by e.order_id
)
select 'order ' || o.id as subject,
       'published is ' || o.published || ', its history has ' || coalesce(p.events, 0)
         || ' public events' as problem
from ${orders}.orders o
left join public p on p.order_id = o.id
where o.published <> coalesce(p.events, 0)
order by 1
