-- I4 S: folding the events of an order gives its row
-- A row is an order, with the columns that its history contradicts (their values are not shown).
with fold as (
  select e.order_id,
         (array_agg(e.event_data order by e.seq) filter (where e.event_type = 'CREATED'))[1] as born,
         (array_agg(e.created_at order by e.seq) filter (where e.event_type = 'CREATED'))[1] as created_at,
         (array_agg(e.created_at order by e.seq desc))[1] as updated_at,
         (array_agg(e.event_type order by e.seq desc) filter (where e.event_type in (
           'CREATED', 'CONFIRMED', 'CANCELLED', 'SHIPPED', 'DELIVERED')))[1] as status,
         (array_agg(e.event_data order by e.seq desc)
           filter (where e.event_type = 'CANCELLED'))[1] as cancelled,
         (array_agg(case e.event_type when 'REFUNDED' then 'REFUNDED' else 'REQUESTED' end
             order by e.seq desc)
           filter (where e.event_type in ('REFUND_REQUESTED', 'REFUNDED')))[1] as refund_status
  from ${orders}.order_events e
  group by e.order_id
), compared as (
  select o.id, concat_ws(', ',
    case when o.order_number is distinct from f.born ->> 'order_number' then 'order_number' end,
    case when o.user_id::text is distinct from f.born ->> 'user_id' then 'user_id' end,
    case when o.cart_id::text is distinct from f.born ->> 'cart_id' then 'cart_id' end,
    case when o.shipping_address_id::text is distinct from f.born ->> 'shipping_address_id'
      then 'shipping_address_id' end,
    case when o.amount::text is distinct from f.born ->> 'amount' then 'amount' end,
    case when o.currency is distinct from f.born ->> 'currency' then 'currency' end,
    case when o.status is distinct from f.status then 'status' end,
    case when o.cancel_reason is distinct from f.cancelled ->> 'reason' then 'cancel_reason' end,
    case when o.cancel_detail is distinct from f.cancelled ->> 'detail' then 'cancel_detail' end,
    case when o.refund_status is distinct from f.refund_status then 'refund_status' end,
    case when o.created_at is distinct from f.created_at then 'created_at' end,
    case when o.updated_at is distinct from f.updated_at then 'updated_at' end) as differing
  from ${orders}.orders o
  join fold f on f.order_id = o.id
)
select 'order ' || c.id as subject, 'its events say otherwise of ' || c.differing as problem
from compared c
where c.differing <> ''
order by 1
