-- I4 S: every hash is the link of its event to the one before
-- A row is an event that was changed after it was written, or that follows another one than it did.
with chain as (
  select e.order_id, e.seq, e.event_type, e.hash,
         ${orders}.link(
           lag(e.hash, 1, ''::bytea) over (partition by e.order_id order by e.seq),
           e.order_id, e.seq, e.event_type, e.event_data, e.created_at) as computed
  from ${orders}.order_events e
)
select 'order ' || c.order_id as subject,
       'event ' || c.seq || ' ' || c.event_type || ': its hash is not that of what is stored'
         as problem
from chain c
where c.hash is distinct from c.computed
order by 1, 2
