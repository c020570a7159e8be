-- How the tests of the invariant checker write orders without the engine.
create schema world;

-- A name stands for the same id everywhere.
create function world.id(name text) returns uuid language sql immutable
  as $$ select md5(name)::uuid $$;

-- Appends an event with its hash, and moves the head of its order.
create function world.event(name text, type text, data jsonb default '{}') returns void language plpgsql
  as $$
declare
  o orders.orders;
  at timestamptz;
begin
  select * into strict o from orders.orders where id = world.id(name);
  at := o.created_at + make_interval(secs => o.last_seq);
  insert into orders.order_events
    values (o.id, o.last_seq + 1, type, data, at,
      orders.link(o.last_hash, o.id, o.last_seq + 1, type, data, at));
  update orders.orders set last_seq = e.seq, last_hash = e.hash, updated_at = at,
      published = o.published + (type not in ('CREATED', 'REFUND_REQUESTED'))::integer,
      status = case when type in ('CONFIRMED', 'SHIPPED', 'DELIVERED') then type else o.status end,
      refund_status = case type when 'REFUND_REQUESTED' then 'REQUESTED'
        when 'REFUNDED' then 'REFUNDED' else o.refund_status end
    from orders.order_events e
    where orders.id = o.id and e.order_id = o.id and e.seq = o.last_seq + 1;
end $$;

-- An order CREATED two hours ago, of so many units of each product at a price, with an explicit key.
create function world.place_at(price bigint, name text, units bigint, variadic products text[]) returns void
  language plpgsql
  as $$
declare
  o uuid := world.id(name);
  usr uuid := world.id('user of ' || name);
  cart uuid := world.id('cart of ' || name);
  total bigint := price * units * cardinality(products);
  at timestamptz := date_trunc('second', now()) - interval '2 hours';
  number text := 'TC-2026-' || substr(name, 1, 20);
  lines jsonb := '[]';
begin
  insert into orders.order_items select o, world.id(p), units, price from unnest(products) p;
  select coalesce(jsonb_agg(jsonb_build_object('product_id', world.id(p), 'quantity', units,
    'unit_price', price)), '[]') into lines from unnest(products) p;
  insert into orders.orders values (o, number, usr, cart, world.id('address'), total, 'EUR', 'CREATED',
    null, null, null, 0, 0, '', at, at, world.id('hold:' || name));
  insert into orders.idempotency_keys values (usr, 'key:' || name, sha256('body'), o, at, sha256('lines'));
  perform world.event(name, 'CREATED', jsonb_build_object('order_number', number, 'user_id', usr,
    'cart_id', cart, 'shipping_address_id', world.id('address'), 'amount', total, 'currency', 'EUR',
    'items', lines));
end $$;

-- The same at 10.00.
create function world.place(name text, units bigint, variadic products text[]) returns void language sql
  as $$
  select world.place_at(1000, name, units, variadic products)
$$;

-- Gives an order the default key beside its explicit one.
create function world.hold_cart(name text) returns void language sql
  as $$
  insert into orders.idempotency_keys
    select o.user_id, 'cart:' || o.cart_id, sha256('body'), o.id, o.created_at, sha256('lines')
    from orders.orders o where o.id = world.id(name)
$$;

create function world.cancel(name text, why text, what text default null) returns void language plpgsql
  as $$
begin
  update orders.orders set status = 'CANCELLED', cancel_reason = why, cancel_detail = what
    where id = world.id(name);
  perform world.event(name, 'CANCELLED',
    jsonb_strip_nulls(jsonb_build_object('reason', why, 'detail', what)));
end $$;

-- Makes stock what movements and reservations say.
create function world.restock() returns void language sql
  as $$
  update inventory.stock s set reserved = held, available = moved - held
  from (select p.product_id,
          coalesce((select sum(quantity) from inventory.reservations r
            where r.product_id = p.product_id and r.status = 'PENDING'), 0) as held,
          coalesce((select sum(quantity) from inventory.stock_movements m
            where m.product_id = p.product_id), 0) as moved
        from inventory.stock p) now
  where now.product_id = s.product_id
$$;

-- Sets the reservations of an order, with the movements and the stock that belong to them.
create function world.reserve(name text, state text) returns void language sql
  as $$
  delete from inventory.reservations where order_id = world.id(name);
  delete from inventory.stock_movements where order_id = world.id(name);
  insert into inventory.reservations
    select world.id(name || i.product_id), i.order_id, i.product_id, i.quantity, state,
      now() + interval '10 minutes', now() - interval '2 hours', world.id('hold:' || name)
    from orders.order_items i where i.order_id = world.id(name);
  insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
    select i.product_id, i.order_id, -i.quantity, 'SALE', now()
    from orders.order_items i
    where i.order_id = world.id(name) and state in ('CONFIRMED', 'REVERSED');
  insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
    select i.product_id, i.order_id, i.quantity, 'RETURN', now()
    from orders.order_items i where i.order_id = world.id(name) and state = 'REVERSED';
  select world.restock();
$$;

create function world.charge(name text, state text) returns void language sql
  as $$
  insert into payments.transactions
    select world.id('charge of ' || name), o.id, o.amount, o.currency, 'CARD', state,
      world.id('charge of ' || name)::text, 'ch_' || name, null, now(), now()
    from orders.orders o where o.id = world.id(name)
$$;

-- The provider took another amount than the charge asks for.
create function world.takes(name text, taken bigint, code text) returns void language sql
  as $$
  update payments.transactions set taken_amount = taken, taken_currency = code
    where id = world.id('charge of ' || name)
$$;

create function world.paid(name text) returns void language sql
  as $$
  select world.event(name, 'PAID', jsonb_build_object('transaction_id', t.id,
    'amount', coalesce(t.taken_amount, t.amount),
    'currency', coalesce(t.taken_currency, t.currency)))
  from payments.transactions t where t.id = world.id('charge of ' || name)
$$;

create function world.refund(name text, state text) returns void language sql
  as $$
  insert into payments.refunds
    select world.id('refund of ' || name), t.id, coalesce(t.taken_amount, t.amount),
      coalesce(t.taken_currency, t.currency), state, null, now(), now()
    from payments.transactions t where t.id = world.id('charge of ' || name)
$$;

create function world.deliver(name text, event text, state text) returns void language sql
  as $$
  insert into notifications.delivery_log
    select world.id('delivery of ' || event || name), world.id(event || name), 'order', o.id,
      o.user_id,
      'email', 'ada@example.com', event, state, 1, null, now(), now()
    from orders.orders o where o.id = world.id(name)
$$;

-- A saga due at a time, or owned by node 1 when there is none.
create function world.saga(saga uuid, kind text, due timestamptz, data text default '{}') returns void
  language sql
  as $$
  insert into saga.instances (id, definition, version, step, state, owner, epoch, revision, attempt,
      undecided, next_run_at, move_by, data, created_at, updated_at)
    select saga, kind, 1, 'pay', 'RUNNING', case when due is null then n.id end,
      case when due is null then n.epoch end, 1, 0, false, due,
      case when due is null then now() + interval '35 seconds' end, data, now(), now()
    from saga.nodes n where n.name = 'alive'
$$;

create function world.reversal(name text, due timestamptz) returns void language sql
  as $$
  select world.saga(world.id('reversal of ' || name), 'reversal', due,
    json_build_object('order_id', world.id(name), 'transaction_id', world.id('charge of ' || name),
      'refund_id', world.id('refund of ' || name))::text)
$$;

-- Writes the chain of an order anew, as somebody would who tampers with care.
create function world.rechain(name text) returns void language plpgsql
  as $$
declare
  e orders.order_events;
  prev bytea := '';
begin
  for e in select * from orders.order_events where order_id = world.id(name) order by seq loop
    prev := orders.link(prev, e.order_id, e.seq, e.event_type, e.event_data, e.created_at);
    update orders.order_events set hash = prev where order_id = e.order_id and seq = e.seq;
    update orders.orders set last_hash = prev, last_seq = e.seq where id = e.order_id;
  end loop;
end $$;
