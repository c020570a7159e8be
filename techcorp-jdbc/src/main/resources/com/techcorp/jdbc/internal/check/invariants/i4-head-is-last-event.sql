-- I4 S: the head that an order keeps is its last event
-- A row is an order whose last_seq or last_hash is not that of its last event.
with last as (
  select distinct on (e.order_id) e.order_id, e.seq, e.hash
  from ${orders}.order_events e
  order by e.order_id, e.seq desc
)
select 'order ' || o.id as subject,
       'last_seq is ' || o.last_seq || ', its last event is ' || l.seq
         || case when o.last_hash = l.hash then ', same hash' else ', another hash' end as problem
from ${orders}.orders o
join last l on l.order_id = o.id
where o.last_seq <> l.seq or o.last_hash <> l.hash
order by 1
