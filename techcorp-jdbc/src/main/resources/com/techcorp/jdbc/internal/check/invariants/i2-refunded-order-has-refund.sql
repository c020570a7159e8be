-- I2 S: an order says REFUNDED when its charge went back, and only then
-- A row is an order whose customer was told of a refund that was not made, or not told of one.
select 'order ' || o.id as subject,
       'refund_status is ' || coalesce(o.refund_status, 'empty') || ', its charges are '
         || coalesce(string_agg(t.status, ', ' order by t.id), 'missing') as problem
from ${orders}.orders o
left join ${payments}.transactions t on t.order_id = o.id
group by o.id, o.refund_status
having (o.refund_status = 'REFUNDED'
        and not coalesce(bool_or(t.status in ('REFUNDED', 'PARTIALLY_REFUNDED', 'VOIDED')), false))
    or (o.refund_status is distinct from 'REFUNDED'
        and coalesce(bool_or(t.status = 'REFUNDED'), false))
order by 1
