-- Orders number $1 to $2 as they are when they are done: confirmed, paid, relayed. Set-based, and with
-- whole chains. Of $3 in all, evenly over the last thirty days; ids grow with time, as the engine's do.
with base as materialized (
  select s.i, s.at, s.at + interval '100 ms' as done, p.id as user_id, p.address,
    (lpad(to_hex((extract(epoch from s.at) * 1000)::bigint), 12, '0') || '7' || substr(s.random, 1, 3)
      || '8' || substr(s.random, 4, 15))::uuid as id,
    'TC-' || to_char(s.at at time zone 'UTC', 'YYYY') || '-'
      || lpad(s.i::text, greatest(6, length(s.i::text)), '0') as number,
    md5('cart ' || s.random)::uuid as cart_id, md5('charge ' || s.random)::uuid as charge_id
  from (
    select i, md5(i::text || ' of ' || $3) as random,
      date_trunc('day', now()) - (1 - i::float8 / $3) * interval '30 days' as at
    from generate_series($1::bigint, $2::bigint) i) s
  join bench.people p on p.n = s.i * 7919 % $4),
lines as materialized (
  select b.i, b.id, g.id as product_id, 1 + (b.i + k) % 2 as quantity, g.price
  from base b
  cross join lateral generate_series(0, b.i % 3) k
  join bench.goods g on g.n = (b.i * 7919 + k * 3331) % $5),
sums as (
  select i, sum(quantity * price)::bigint as amount,
    jsonb_agg(jsonb_build_object('product_id', product_id, 'quantity', quantity, 'unit_price', price)
      order by product_id) as items
  from lines group by i),
told as materialized (
  select b.*, s.amount,
    jsonb_build_object('order_number', b.number, 'user_id', b.user_id, 'cart_id', b.cart_id,
      'shipping_address_id', b.address, 'amount', s.amount, 'currency', 'EUR', 'items', s.items)
      as created,
    jsonb_build_object('transaction_id', b.charge_id, 'amount', s.amount, 'currency', 'EUR') as paid
  from base b join sums s on s.i = b.i),
first as materialized (
  select t.*, orders.link('', t.id, 1, 'CREATED', t.created, t.at) as hash1 from told t),
second as materialized (
  select f.*, orders.link(f.hash1, f.id, 2, 'PAID', f.paid, f.done) as hash2 from first f),
whole as materialized (
  select s.*, orders.link(s.hash2, s.id, 3, 'CONFIRMED', '{}', s.done) as hash3 from second s),
orders as (
  insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount, currency,
    status, last_seq, published, last_hash, created_at, updated_at)
  select id, number, user_id, cart_id, address, amount, 'EUR', 'CONFIRMED', 3, 2, hash3, at, done
  from whole order by i),
items as (
  insert into orders.order_items (order_id, product_id, quantity, unit_price)
  select id, product_id, quantity, price from lines order by i, product_id),
events as (
  insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
  select w.id, e.*
  from whole w
  cross join lateral (values (1, 'CREATED', w.created, w.at, w.hash1), (2, 'PAID', w.paid, w.done, w.hash2),
    (3, 'CONFIRMED', '{}', w.done, w.hash3)) e
  order by w.i),
reservations as (
  insert into inventory.reservations (id, order_id, product_id, quantity, status, expires_at, created_at)
  select gen_random_uuid(), w.id, l.product_id, l.quantity, 'CONFIRMED', w.at + interval '15 minutes', w.at
  from lines l join whole w on w.i = l.i order by l.i, l.product_id),
movements as (
  insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
  select l.product_id, w.id, -l.quantity, 'SALE', w.done
  from lines l join whole w on w.i = l.i order by l.i),
charges as (
  insert into payments.transactions (id, order_id, amount, currency, method, status, idempotency_key,
    provider_ref, created_at, updated_at)
  select charge_id, id, amount, 'EUR', 'credit_card', 'APPROVED', charge_id::text, 'ch_' || charge_id, at, done
  from whole order by i)
insert into orders.idempotency_keys (caller, key, body_hash, order_id, created_at, lines_hash)
select user_id, 'cart:' || cart_id, sha256(cart_id::text::bytea), id, at, sha256(id::text::bytea) from whole order by i
