-- I2 S: an order is sold for what it asked, and its event PAID tells what was taken
-- A row is an order sold for another amount or currency, or an event PAID over another one.
select 'transaction ' || t.id as subject,
       'took ' || t.taken_amount || ' ' || t.taken_currency || ' instead of ' || t.amount || ' '
         || t.currency || ', order ' || o.id || ' is ' || o.status as problem
from ${payments}.transactions t
join ${orders}.orders o on o.id = t.order_id
where o.status in ('CONFIRMED', 'SHIPPED', 'DELIVERED')
  and (t.taken_amount <> t.amount or t.taken_currency <> t.currency)
union all
select 'order ' || e.order_id as subject,
       'its event PAID is over ' || coalesce(e.event_data ->> 'amount', 'nothing') || ' '
         || coalesce(e.event_data ->> 'currency', 'of no currency') || ', transaction ' || t.id
         || ' took ' || coalesce(t.taken_amount, t.amount) || ' '
         || coalesce(t.taken_currency, t.currency) as problem
from ${orders}.order_events e
join ${payments}.transactions t
  on t.order_id = e.order_id and t.id::text = e.event_data ->> 'transaction_id'
join ${orders}.orders o on o.id = e.order_id
where e.event_type = 'PAID' and o.status not in ('CONFIRMED', 'SHIPPED', 'DELIVERED')
  and (e.event_data ->> 'amount' is distinct from coalesce(t.taken_amount, t.amount)::text
    or e.event_data ->> 'currency' is distinct from coalesce(t.taken_currency, t.currency))
order by 1, 2
