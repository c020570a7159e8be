-- I2 S: an order has at most one live charge
-- A row is an order that may be, or was, charged twice (also if the unique index were gone).
select 'order ' || t.order_id as subject,
       count(*) || ' live charges: '
         || string_agg(t.id || ' ' || t.status, ', ' order by t.id) as problem
from ${payments}.transactions t
where t.status not in ('DECLINED', 'VOIDED', 'REFUNDED')
group by t.order_id
having count(*) > 1
order by 1
