-- I2 S: the status of a charge says what its SUCCEEDED refunds add up to
-- A row is a charge REFUNDED that was not, or one that was and does not say so.
-- VOIDED ones are left out: there the provider gave back what it had only authorised.
with refunded as (
  select r.transaction_id, sum(r.amount) as amount
  from ${payments}.refunds r
  where r.status = 'SUCCEEDED'
  group by r.transaction_id
)
select 'transaction ' || t.id as subject,
       'is ' || t.status || ' over ' || t.charged || ', SUCCEEDED refunds add up to '
         || coalesce(r.amount, 0) as problem
from (select p.id, p.status, coalesce(p.taken_amount, p.amount) as charged
  from ${payments}.transactions p) t
left join refunded r on r.transaction_id = t.id
where case t.status
        when 'VOIDED' then false
        when 'REFUNDED' then coalesce(r.amount, 0) < t.charged
        when 'PARTIALLY_REFUNDED' then coalesce(r.amount, 0) not between 1 and t.charged - 1
        else coalesce(r.amount, 0) > 0
      end
order by 1
