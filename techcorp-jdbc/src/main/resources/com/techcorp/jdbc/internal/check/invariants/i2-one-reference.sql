-- I2 S: our reference at the provider is of one charge only
-- A row is a reference that two charges use: the provider would fold them into one.
select 'transaction ' || min(t.id::text) as subject,
       count(*) || ' charges share its idempotency_key' as problem
from ${payments}.transactions t
group by t.idempotency_key
having count(*) > 1
order by 1
