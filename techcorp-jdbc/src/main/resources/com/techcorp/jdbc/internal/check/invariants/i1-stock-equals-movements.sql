-- I1 S: available + reserved of each product is the sum of its movements
-- A row is a product whose stock and movements differ, or that only one of the two tables knows.
with moved as (
  select m.product_id, sum(m.quantity) as units
  from ${inventory}.stock_movements m
  group by m.product_id
)
select 'product ' || coalesce(s.product_id, m.product_id) as subject,
       coalesce('available + reserved is ' || (s.available + s.reserved), 'no row in ${inventory}.stock')
         || ', movements add up to ' || coalesce(m.units, 0) as problem
from ${inventory}.stock s
full join moved m on m.product_id = s.product_id
where s.product_id is null or s.available + s.reserved <> coalesce(m.units, 0)
order by 1
