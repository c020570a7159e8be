-- What there is to check: a name and a number of rows each, in the order of the report.
select what, rows from (
  select 1 as place, 'orders' as what, count(*) as rows from ${orders}.orders
  union all select 2, 'items', count(*) from ${orders}.order_items
  union all select 3, 'order events', count(*) from ${orders}.order_events
  union all select 4, 'idempotency keys', count(*) from ${orders}.idempotency_keys
  union all select 5, 'products in stock', count(*) from ${inventory}.stock
  union all select 6, 'reservations', count(*) from ${inventory}.reservations
  union all select 7, 'stock movements', count(*) from ${inventory}.stock_movements
  union all select 8, 'transactions', count(*) from ${payments}.transactions
  union all select 9, 'refunds', count(*) from ${payments}.refunds
  union all select 10, 'payment reports', count(*) from ${payments}.reports
  union all select 11, 'live sagas', count(*) from ${saga}.instances
  union all select 12, 'outbox', count(*) from ${messaging}.outbox
  union all select 13, 'inbox', count(*) from ${messaging}.inbox
  union all select 14, 'consumer backlog', count(*) from ${messaging}.consumer_backlog
  union all select 15, 'dead letters', count(*) from ${messaging}.dead_letters
  union all select 16, 'deliveries', count(*) from ${notifications}.delivery_log
) scope
order by place
