-- I2 S: every charge is for an order, over its amount and in its currency
-- A row is a charge without its order, or over another sum.
select 'transaction ' || t.id as subject,
       case when o.id is null then 'its order ' || t.order_id || ' does not exist'
         else 'is over ' || t.amount || ' ' || t.currency || ', order ' || o.id || ' over '
           || o.amount || ' ' || o.currency
       end as problem
from ${payments}.transactions t
left join ${orders}.orders o on o.id = t.order_id
where o.id is null or o.amount <> t.amount or o.currency <> t.currency
order by 1
