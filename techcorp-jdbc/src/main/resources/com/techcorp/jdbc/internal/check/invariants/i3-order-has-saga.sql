-- I3 S: an order CREATED has its saga
-- A row is an order that stands still and that nobody drives on.
select 'order ' || o.id as subject,
       'is CREATED since ' || o.created_at || ' without a saga' as problem
from ${orders}.orders o
where o.status = 'CREATED'
  and not exists (
    select from ${saga}.instances s where s.id = o.id and s.definition = 'order')
order by 1
