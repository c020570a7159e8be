-- I1 S: no product has a negative number of units, available or reserved
-- A row is a product in inventory.stock that was sold, or promised, more often than it was there.
select 'product ' || s.product_id as subject,
       'available ' || s.available || ', reserved ' || s.reserved as problem
from ${inventory}.stock s
where s.available < 0 or s.reserved < 0
order by 1
