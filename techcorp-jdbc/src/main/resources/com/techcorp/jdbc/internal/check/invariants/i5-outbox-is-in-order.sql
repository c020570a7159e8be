-- I5 S: the outbox holds, of each order, the last of its public events, without gap or repetition
-- A row is an event in the outbox that its order did not cause, or an order of which the outbox holds
-- an earlier event but not a later one.
with public as (
  select e.order_id, row_number() over (partition by e.order_id order by e.seq) as sequence,
         case e.event_type
           when 'PAID' then 'payment.confirmed'
           when 'CONFIRMED' then 'order.confirmed'
           when 'CANCELLED' then 'order.cancelled'
           when 'REFUNDED' then 'payment.refunded'
           when 'SHIPPED' then 'order.shipped'
           when 'DELIVERED' then 'order.delivered'
         end as event_type
  from ${orders}.order_events e
  where e.event_type in ('PAID', 'CONFIRMED', 'CANCELLED', 'REFUNDED', 'SHIPPED', 'DELIVERED')
    and e.order_id in (select b.stream_id from ${messaging}.outbox b where b.stream_type = 'order')
)
select 'event ' || b.event_id as subject,
       b.event_type || ', number ' || b.sequence || ' of order ' || b.stream_id || ': the order has '
         || coalesce(p.event_type || ' there', 'no such event') as problem
from ${messaging}.outbox b
left join public p on p.order_id = b.stream_id and p.sequence = b.sequence
where b.stream_type = 'order' and p.event_type is distinct from b.event_type
union all
select 'order ' || o.id,
       'its outbox holds ' || count(*) || ' events, numbered ' || min(b.sequence) || ' to '
         || max(b.sequence) || '; published is ' || o.published
from ${messaging}.outbox b
join ${orders}.orders o on b.stream_type = 'order' and o.id = b.stream_id
group by o.id, o.published
having count(*) <> max(b.sequence) - min(b.sequence) + 1 or max(b.sequence) < o.published
union all
select 'event ' || b.event_id, 'is ' || count(*) || ' times in the outbox'
from ${messaging}.outbox b
group by b.event_id
having count(*) > 1
order by 1, 2
