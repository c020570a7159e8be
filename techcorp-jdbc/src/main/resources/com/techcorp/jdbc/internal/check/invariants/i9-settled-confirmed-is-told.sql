-- I9 E: settled, the customer of every order that was confirmed has a message
-- A row is an order CONFIRMED once without any delivery; checked when settled only, and not in a
-- database without any delivery about an order: its host does not use notifications.
select 'order ' || e.order_id as subject,
       'was CONFIRMED at ' || e.created_at || ', no delivery is about it' as problem
from ${orders}.order_events e
where :settled and e.event_type = 'CONFIRMED'
  and exists (select from ${notifications}.delivery_log d where d.stream_type = 'order')
  and not exists (select from ${notifications}.delivery_log d
                  where d.stream_type = 'order' and d.stream_id = e.order_id)
order by 1
