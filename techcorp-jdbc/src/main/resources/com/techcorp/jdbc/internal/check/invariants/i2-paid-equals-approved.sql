-- I2 S: the PAID event of an order and its approved charge belong together
-- A row is an event PAID without such a charge, or an approved charge that no event PAID tells of.
with paid as (
  select e.order_id, e.event_data ->> 'transaction_id' as transaction_id
  from ${orders}.order_events e
  where e.event_type = 'PAID'
), approved as (
  select t.order_id, t.id::text as transaction_id, t.status
  from ${payments}.transactions t
  where t.status in ('APPROVED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED')
)
select 'order ' || coalesce(p.order_id, a.order_id) as subject,
       case when a.order_id is null then 'its event PAID names no approved charge of this order'
         else 'transaction ' || a.transaction_id || ' is ' || a.status || ', no event PAID names it'
       end as problem
from paid p
full join approved a on a.order_id = p.order_id and a.transaction_id = p.transaction_id
where a.order_id is null or (p.order_id is null and a.status <> 'VOIDED')
order by 1, 2
