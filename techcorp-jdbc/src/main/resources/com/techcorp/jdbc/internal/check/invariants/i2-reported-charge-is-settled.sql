-- I2 E: a charge that was reported APPROVED stands for a confirmed order, or went back
-- A row is money taken of which only the report tells, and no saga that looks at it.
-- VOIDED under the reported reference: the provider took it back before it counted. What stands for
-- an order that is not confirmed is found by i2-unsold-charge-is-reversed.
-- Settled, a reversal under way does not do either; an order's own saga may be PARKED.
select 'transaction ' || t.id as subject,
       'was reported APPROVED as ' || coalesce(r.provider_ref, 'nothing') || ', is ' || t.status
         || case when :settled then '' else ' and no saga looks at it' end as problem
from ${payments}.reports r
join ${payments}.transactions t on t.id = r.transaction_id
where r.status = 'APPROVED'
  and t.status not in ('APPROVED', 'PARTIALLY_REFUNDED', 'REFUNDED')
  and not (t.status = 'VOIDED' and t.provider_ref is not distinct from r.provider_ref)
  and not exists (select from ${saga}.instances s where s.id = t.order_id)
  and (:settled
    or t.id::text not in (
      select substring(s.data from '"transaction_id"\s*:\s*"([^"]+)"')
      from ${saga}.instances s
      where s.definition = 'reversal' and s.data ~ '"transaction_id"\s*:\s*"[^"]+"'))
order by 1
