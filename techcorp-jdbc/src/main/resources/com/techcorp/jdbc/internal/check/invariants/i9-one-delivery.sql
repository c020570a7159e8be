-- I9 S: an event is delivered once over a channel to a recipient
-- A row is a message that goes out twice (also if the unique constraint were gone).
select 'event ' || d.event_id as subject,
       count(*) || ' deliveries over ' || d.channel || ' to the same recipient, about '
         || min(d.stream_type || ' ' || d.stream_id) as problem
from ${notifications}.delivery_log d
group by d.event_id, d.channel, d.recipient
having count(*) > 1
order by 1, 2
