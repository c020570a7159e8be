-- I4 S: the items of an order are those of its event CREATED
-- A row is an item that only one of the two knows, or with another quantity or price.
with told as (
  select e.order_id, line ->> 'product_id' as product_id,
         line ->> 'quantity' as quantity, line ->> 'unit_price' as unit_price
  from ${orders}.order_events e
  cross join lateral jsonb_array_elements(
    case jsonb_typeof(e.event_data -> 'items') when 'array' then e.event_data -> 'items'
      else '[]'::jsonb end) line
  where e.event_type = 'CREATED'
)
select 'order ' || coalesce(i.order_id, t.order_id) as subject,
       'product ' || coalesce(i.product_id::text, t.product_id, 'unnamed') || ': '
         || case when i.order_id is null then 'not among the items'
              when t.order_id is null then 'not in the event CREATED'
              else 'another quantity or price than in the event CREATED' end as problem
from ${orders}.order_items i
full join told t on t.order_id = i.order_id and t.product_id = i.product_id::text
where i.order_id is null or t.order_id is null
   or i.quantity::text is distinct from t.quantity
   or i.unit_price::text is distinct from t.unit_price
order by 1, 2
