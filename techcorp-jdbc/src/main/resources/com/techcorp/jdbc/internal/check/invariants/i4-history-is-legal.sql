-- I4 S: the events of an order come in an order that its states allow
-- A row is an order whose history cannot have happened. PAID and the refund may come after
-- CANCELLED (a late charge), so three threads are read, each for itself.
with history as (
  select e.order_id,
         (array_agg(e.event_type order by e.seq))[1] as first,
         coalesce(string_agg(e.event_type, ' ' order by e.seq) filter (where e.event_type in (
           'CREATED', 'CONFIRMED', 'CANCELLED', 'SHIPPED', 'DELIVERED')), '') as states,
         coalesce(string_agg(e.event_type, ' ' order by e.seq) filter (where e.event_type in (
           'REFUND_REQUESTED', 'REFUNDED')), '') as refunds,
         coalesce(string_agg(e.event_type, ' ' order by e.seq) filter (where e.event_type in (
           'PAID', 'CONFIRMED')), '') as payment,
         string_agg(e.event_type, ' ' order by e.seq) filter (where e.event_type not in (
           'CREATED', 'PAID', 'CONFIRMED', 'CANCELLED', 'REFUND_REQUESTED', 'REFUNDED',
           'SHIPPED', 'DELIVERED')) as unknown
  from ${orders}.order_events e
  group by e.order_id
)
select 'order ' || h.order_id as subject,
       concat_ws('; ',
         'begins with ' || h.first,
         'states ' || h.states,
         'refunds ' || nullif(h.refunds, ''),
         'payment ' || nullif(h.payment, ''),
         'unknown ' || h.unknown) as problem
from history h
where h.first <> 'CREATED'
   or h.states !~ '^CREATED( CANCELLED| CONFIRMED( CANCELLED| SHIPPED( DELIVERED)?)?)?$'
   or h.refunds !~ '^(REFUND_REQUESTED REFUNDED ?)*(REFUND_REQUESTED)?$'
   or h.payment !~ '^(PAID)?( ?CONFIRMED)?$'
   or h.unknown is not null
order by 1
