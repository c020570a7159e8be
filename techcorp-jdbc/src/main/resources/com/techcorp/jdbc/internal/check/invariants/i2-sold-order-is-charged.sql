-- I2 S: a CONFIRMED, SHIPPED or DELIVERED order has a charge that stands
-- A row is an order that was given away (orders over nothing need no charge).
select 'order ' || o.id as subject,
       'is ' || o.status || ' without a charge APPROVED or PARTIALLY_REFUNDED' as problem
from ${orders}.orders o
where o.status in ('CONFIRMED', 'SHIPPED', 'DELIVERED') and o.amount > 0
  and not exists (
    select from ${payments}.transactions t
    where t.order_id = o.id and t.status in ('APPROVED', 'PARTIALLY_REFUNDED'))
order by 1
