-- I2 S: every report of a provider's answer is of a charge that exists
-- A row is an answer that nobody will ever look at.
select 'report ' || r.id as subject,
       'its transaction ' || r.transaction_id || ' does not exist' as problem
from ${payments}.reports r
where not exists (select from ${payments}.transactions t where t.id = r.transaction_id)
order by 1
