-- I3 S: every saga of the definitions order and reversal is about an order that exists
-- A row is a saga that acts for nobody.
with named as (
  select s.id, s.definition, s.step,
         case s.definition when 'order' then s.id::text
           else substring(s.data from '"order_id"\s*:\s*"([^"]+)"') end as order_id
  from ${saga}.instances s
  where s.definition in ('order', 'reversal')
)
select 'saga ' || n.id as subject,
       n.definition || ' at ' || n.step || ': its order does not exist' as problem
from named n
where not exists (select from ${orders}.orders o where o.id::text = n.order_id)
order by 1
