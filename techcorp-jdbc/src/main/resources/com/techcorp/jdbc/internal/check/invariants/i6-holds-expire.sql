-- I6 E: no reservation is PENDING past its expiry plus the cap and the slack
-- A row is stock that is held for ever.
select 'reservation ' || r.id as subject,
       'of ' || r.quantity || ' of product ' || r.product_id || ' for order ' || r.order_id
         || ' is PENDING, it expired at ' || r.expires_at as problem
from ${inventory}.reservations r
where r.status = 'PENDING' and r.expires_at <= :expired
order by 1
