-- I4 S: the events of an order are numbered 1, 2, 3 without a gap
-- A row is an order with events missing, or numbered twice.
select 'order ' || e.order_id as subject,
       count(*) || ' events, numbered ' || min(e.seq) || ' to ' || max(e.seq) as problem
from ${orders}.order_events e
group by e.order_id
having min(e.seq) <> 1 or max(e.seq) <> count(*) or count(distinct e.seq) <> count(*)
order by 1
