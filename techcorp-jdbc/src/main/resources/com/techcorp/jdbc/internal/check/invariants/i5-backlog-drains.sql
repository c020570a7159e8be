-- I5 E: what waits for a consumer is handed over within the slack
-- A row is a stream's events that are due for a consumer and that no process hands over; settled, any
-- that wait. Events that a process holds wait for their consumer: they are neither lost nor late.
select s.stream_type || ' ' || s.ordering_key as subject,
       'events wait for ' || s.consumer || ', due since ' || s.next_at || case
         when :settled then ''
         else ', and no process holds them'
       end as problem
from ${messaging}.consumer_queues s
where :settled
  or (s.next_at <= :overdue
      and not exists (select from ${saga}.nodes n where n.id = s.node))
order by 1, 2
