-- I2 S: an order over nothing has no charge
-- A row is a charge of an order for which nothing was to be paid.
select 'transaction ' || t.id as subject,
       'is ' || t.status || ' over ' || t.amount || ' ' || t.currency || ', order ' || o.id
         || ' is over nothing' as problem
from ${payments}.transactions t
join ${orders}.orders o on o.id = t.order_id
where o.amount = 0
order by 1
