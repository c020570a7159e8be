-- I2 S: every refund is of a charge that exists, in the currency that was taken
-- A row is a refund that nobody can account for.
select 'refund ' || r.id as subject,
       case when t.id is null then 'its transaction ' || r.transaction_id || ' does not exist'
         else 'is in ' || r.currency || ', transaction ' || t.id || ' in '
           || coalesce(t.taken_currency, t.currency)
       end as problem
from ${payments}.refunds r
left join ${payments}.transactions t on t.id = r.transaction_id
where t.id is null or coalesce(t.taken_currency, t.currency) <> r.currency
order by 1
