-- I1 S: reserved of each product is the sum of its PENDING reservations
-- A row is a product whose counter and reservations differ, also one without a row in stock.
with held as (
  select r.product_id, sum(r.quantity) as units
  from ${inventory}.reservations r
  where r.status = 'PENDING'
  group by r.product_id
)
select 'product ' || coalesce(s.product_id, h.product_id) as subject,
       coalesce('reserved is ' || s.reserved, 'no row in ${inventory}.stock')
         || ', PENDING reservations add up to ' || coalesce(h.units, 0) as problem
from ${inventory}.stock s
full join held h on h.product_id = s.product_id
where coalesce(s.reserved, 0) <> coalesce(h.units, 0)
order by 1
