-- I5 E: an event leaves the outbox within the slack
-- A row is an event that was committed and not published in time; settled, any event in the outbox.
select 'event ' || b.event_id as subject,
       b.event_type || ' of ' || b.stream_type || ' ' || b.stream_id || ' waits since ' || b.created_at as problem
from ${messaging}.outbox b
where :settled or b.created_at <= :overdue
order by 1
