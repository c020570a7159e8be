-- I5 S: events that wait for a consumer have their stream, and a stream has events
-- A row is a stream without an event, or an event without a stream, which nobody would hand over.
select 'order ' || s.order_id as subject,
       'has a stream for ' || s.consumer || ' without events' as problem
from messaging.consumer_streams s
where not exists (
  select from messaging.consumer_backlog b
  where b.consumer = s.consumer and b.order_id = s.order_id)
union all
select 'event ' || b.event_id,
       b.event_type || ' waits for ' || b.consumer || ' in no stream'
from messaging.consumer_backlog b
where not exists (
  select from messaging.consumer_streams s
  where s.consumer = b.consumer and s.order_id = b.order_id)
order by 1, 2
