-- I2 S: the refunds of a charge, done and under way, never exceed it
-- A row is a charge of which more goes back than came in.
select 'transaction ' || t.id as subject,
       'refunds of ' || sum(r.amount) || ' ' || coalesce(t.taken_currency, t.currency)
         || ' on a charge of ' || coalesce(t.taken_amount, t.amount) as problem
from ${payments}.refunds r
join ${payments}.transactions t on t.id = r.transaction_id
where r.status in ('SUCCEEDED', 'PENDING')
group by t.id
having sum(r.amount) > coalesce(t.taken_amount, t.amount)
order by 1
