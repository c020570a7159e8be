-- I2 E: the charge of a CANCELLED order is given back in the end
-- A row is money kept for nothing: a charge of a CANCELLED order that no saga gives back. One that is
-- ABANDONED counts if it is known what was taken.
-- Settled, a saga under way does not do either: the refund must have been made.
select 'transaction ' || t.id as subject,
       'is ' || t.status || ' over ' || coalesce(t.taken_amount, t.amount) || ' '
         || coalesce(t.taken_currency, t.currency) || ', order ' || o.id
         || ' is CANCELLED'
         || case when :settled then ', not refunded' else ', no saga gives it back' end as problem
from ${payments}.transactions t
join ${orders}.orders o on o.id = t.order_id
where o.status = 'CANCELLED'
  and (t.status in ('APPROVED', 'PARTIALLY_REFUNDED')
    or (t.status = 'ABANDONED' and t.taken_amount is not null))
  and (:settled
    or (not exists (select from ${saga}.instances s where s.id = o.id)
      and o.id::text not in (
        select substring(s.data from '"order_id"\s*:\s*"([^"]+)"')
        from ${saga}.instances s
        where s.definition = 'reversal' and s.data ~ '"order_id"\s*:\s*"[^"]+"')))
order by 1
