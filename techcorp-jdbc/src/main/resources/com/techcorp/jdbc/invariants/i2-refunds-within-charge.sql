-- I2 S: the refunds of a charge, done and under way, never exceed it
-- A row is a charge of which more goes back than came in.
select 'transaction ' || t.id as subject,
       'refunds of ' || sum(r.amount) || ' ' || t.currency || ' on a charge of ' || t.amount
         as problem
from payments.refunds r
join payments.transactions t on t.id = r.transaction_id
where r.status in ('SUCCEEDED', 'PENDING')
group by t.id, t.amount, t.currency
having sum(r.amount) > t.amount
order by 1
