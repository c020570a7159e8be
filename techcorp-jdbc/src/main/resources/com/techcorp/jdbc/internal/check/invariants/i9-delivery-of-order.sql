-- I9 S: a message about an order is about one that exists, to the user who placed it
-- A row is a delivery for nobody, or for somebody else.
select 'delivery ' || d.id as subject,
       case when o.id is null then 'its order ' || d.stream_id || ' does not exist'
         else 'names another user than its order ' || d.stream_id
       end as problem
from ${notifications}.delivery_log d
left join ${orders}.orders o on o.id = d.stream_id
where d.stream_type = 'order' and (o.id is null or o.user_id <> d.user_id)
order by 1
