-- I5 S: events that wait for a consumer have their queue, and a queue has events
-- A row is a queue without an event, or an event without a queue, which nobody would hand over.
select s.stream_type || ' ' || s.ordering_key as subject,
       'has a queue for ' || s.consumer || ' without events' as problem
from ${messaging}.consumer_queues s
where not exists (
  select from ${messaging}.consumer_backlog b
  where b.consumer = s.consumer and b.ordering_key = s.ordering_key
    and b.stream_type = s.stream_type)
union all
select 'event ' || b.event_id,
       b.event_type || ' waits for ' || b.consumer || ' in no queue'
from ${messaging}.consumer_backlog b
where not exists (
  select from ${messaging}.consumer_queues s
  where s.consumer = b.consumer and s.ordering_key = b.ordering_key
    and s.stream_type = b.stream_type)
order by 1, 2
