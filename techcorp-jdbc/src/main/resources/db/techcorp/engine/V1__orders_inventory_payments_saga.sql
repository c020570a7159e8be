-- TechCorp order engine, first schema. Released migrations are never edited: add a new one.
--
-- Tables updated once in their life have fillfactor 45, so that the second version of a row fits on
-- its page and the update stays HOT (no index is touched). No foreign keys stand between tables of
-- different ports: each port may live in another database, and InvariantCheck finds what a key would.
--
-- ${orders} and its like stand for the names of SchemaNames. The schema of sagas holds Flyway's history and
-- so is there already.

create schema ${orders};
create schema ${inventory};
create schema ${payments};
create schema ${messaging};
create schema ${notifications};

-- ---------------------------------------------------------------------------------------------
-- One time source. Tests step the clock by setting techcorp.now for a transaction.
create function ${saga}.clock() returns timestamptz
  language sql volatile
  as $$ select coalesce(nullif(current_setting('techcorp.now', true), '')::timestamptz, clock_timestamp()) $$;

-- Fails the whole transaction. An error is what stops the COMMIT that travels in the same round trip; a
-- SELECT without rows would not.
create function ${saga}.guard_failed(guard text) returns boolean
  language plpgsql
  as $$
begin
  raise exception 'guard % does not hold', guard using errcode = 'TC002';
end $$;

-- Fails unless a statement touched as many rows as its batch holds. Each argument stands here once, else
-- the planner would not inline it, and a call costs as much as the statement around it.
create function ${saga}.expect(touched bigint, wanted bigint, guard text) returns boolean
  language sql
  as $$ select case when touched = wanted then true else ${saga}.guard_failed(guard) end $$;

-- ---------------------------------------------------------------------------------------------
create sequence ${orders}.order_number_seq increment by 100;

create table ${orders}.orders (
  id                  uuid primary key,
  order_number        text not null,
  user_id             uuid not null,
  cart_id             uuid not null,
  shipping_address_id uuid not null,
  amount              bigint not null check (amount >= 0),
  currency            text not null,
  status              text not null
                      check (status in ('CREATED', 'CONFIRMED', 'CANCELLED', 'SHIPPED', 'DELIVERED')),
  cancel_reason       text,
  cancel_detail       text,
  refund_status       text check (refund_status in ('REQUESTED', 'REFUNDED')),
  last_seq            integer not null,
  published           integer not null,
  last_hash           bytea not null,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  hold_token          uuid, -- proves that a change of the order's stock is the order's own
  constraint cancelled_has_a_reason check ((status = 'CANCELLED') = (cancel_reason is not null))
) with (fillfactor = 45);
-- A person looks an order up by the number in the mail.
create unique index orders_by_number on ${orders}.orders (order_number);
-- A customer's own orders, newest first.
create index orders_by_user on ${orders}.orders (user_id, created_at);

create table ${orders}.order_items (
  order_id   uuid not null,
  product_id uuid not null,
  quantity   bigint not null check (quantity > 0),
  unit_price bigint not null check (unit_price >= 0),
  primary key (order_id, product_id)
);

create table ${orders}.order_events (
  order_id   uuid not null,
  seq        integer not null,
  event_type text not null,
  event_data jsonb not null,
  created_at timestamptz not null,
  hash       bytea not null,
  primary key (order_id, seq)
);

-- One link of an order's chain: over what is stored, so that any reader can compute it again. Stable
-- and not immutable, as the parts it calls are: else the planner would not inline it.
create function ${orders}.link(prev bytea, id uuid, seq integer, type text, data jsonb, at timestamptz)
  returns bytea language sql stable
  as $$
  select sha256(prev || convert_to(
    id::text || '|' || seq::text || '|' || type || '|' || data::text || '|'
      || (extract(epoch from at) * 1000000)::bigint::text, 'UTF8'))
$$;

create function ${saga}.refuse_change() returns trigger language plpgsql
  as $$
begin
  raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op
    using errcode = 'TC003', hint = 'See "Retention and erasure" in docs/operations.md.';
end $$;
create trigger order_events_are_append_only
  before update or delete or truncate on ${orders}.order_events
  for each statement execute function ${saga}.refuse_change();

-- What a key was first used for. A default key ('cart:') that a new purchase took over stays as 'past:'.
create table ${orders}.idempotency_keys (
  caller       uuid not null,
  key          text not null,
  body_hash    bytea not null,
  order_id     uuid not null,
  created_at   timestamptz not null,
  lines_hash   bytea not null, -- products and quantities of the cart
  version_hash bytea,          -- of a cart that has a version: it counts instead of the lines
  primary key (caller, key)
);

-- ---------------------------------------------------------------------------------------------
-- A standby that is promoted begins a new timeline of the WAL, with a higher number than all before it.
-- No change on this timeline has this version, and each change on an earlier timeline has a lower one,
-- also a change that the promotion lost. A version is the timeline's number (23 bits), and the number of
-- the row's changes (40 bits).
-- A service that stands in for PostgreSQL may hide its WAL. There a version is the number of changes alone.
do $do$
begin
  perform pg_walfile_name(pg_current_wal_insert_lsn());
  create function ${inventory}.version_floor() returns bigint
    language sql volatile
    as $$ select ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint << 40 $$;
exception when others then
  raise warning 'this server does not show its WAL (%): if a fail-over loses commits, versions of stock repeat', sqlerrm;
  create function ${inventory}.version_floor() returns bigint
    language sql volatile
    as $$ select 0::bigint $$;
end $do$;

create table ${inventory}.stock (
  product_id uuid primary key,
  available  bigint not null constraint stock_available_not_negative check (available >= 0),
  reserved   bigint not null constraint stock_reserved_not_negative check (reserved >= 0),
  version    bigint not null default 0 -- of available: each change of it raises it
) with (fillfactor = 45);

create table ${inventory}.reservations (
  id         uuid not null,
  order_id   uuid not null,
  product_id uuid not null,
  quantity   bigint not null check (quantity > 0),
  status     text not null
             check (status in ('PENDING', 'CONFIRMED', 'RELEASED', 'EXPIRED', 'REVERSED')),
  expires_at timestamptz not null,
  created_at timestamptz not null,
  hold_token uuid, -- of the order's saga that made the hold; null: a host made it
  primary key (order_id, product_id)
) with (fillfactor = 45);

-- What was asked first by calls from outside: a CANCEL that overtakes its RESERVE is a tombstone that
-- keeps it out. An order saga in the same database writes none.
create table ${inventory}.requests (
  order_id   uuid primary key,
  kind       text not null check (kind in ('RESERVE', 'CANCEL')),
  created_at timestamptz not null
);

create table ${inventory}.stock_movements (
  id            bigint generated always as identity,
  product_id    uuid not null,
  order_id      uuid,
  quantity      bigint not null check (quantity <> 0),
  movement_type text not null check (movement_type in ('RECEIPT', 'SALE', 'RETURN', 'ADJUSTMENT')),
  created_at    timestamptz not null
);

-- ---------------------------------------------------------------------------------------------
create table ${payments}.transactions (
  id              uuid primary key,
  order_id        uuid not null,
  amount          bigint not null check (amount > 0), -- an order over nothing has no charge
  currency        text not null,
  method          text not null,
  status          text not null
                  check (status in ('PENDING', 'UNKNOWN', 'APPROVED', 'DECLINED', 'ABANDONED',
                                    'VOIDED', 'REFUNDED', 'PARTIALLY_REFUNDED')),
  idempotency_key text not null,
  provider_ref    text,
  decline_code    text,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  live            boolean not null
                  generated always as (status not in ('DECLINED', 'VOIDED', 'REFUNDED')) stored,
  -- What the provider took, where that is not what it was asked for: it goes back whole.
  taken_amount    bigint check (taken_amount >= 0),
  taken_currency  text,
  check ((taken_amount is null) = (taken_currency is null))
) with (fillfactor = 45);
-- At most one charge of an order is live; also finds it. The predicate is a column of its own because
-- approving changes status but not live, and so the update stays HOT.
create unique index one_live_charge on ${payments}.transactions (order_id) where live;

create table ${payments}.refunds (
  id             uuid primary key,
  transaction_id uuid not null,
  amount         bigint not null check (amount > 0),
  currency       text not null,
  status         text not null check (status in ('PENDING', 'SUCCEEDED', 'FAILED')),
  provider_ref   text,
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
-- The refunds of a transaction: their sum never exceeds the charge.
create index refunds_by_transaction on ${payments}.refunds (transaction_id);

-- What a provider told a process that had lost its lease: the only thing such a process may still
-- write. Whoever owns the saga of the charge reads it before it asks the provider.
create table ${payments}.reports (
  id             bigint generated always as identity primary key,
  transaction_id uuid not null,
  status         text not null check (status in ('APPROVED', 'DECLINED')),
  provider_ref   text,
  decline_code   text,
  reported_at    timestamptz not null,
  taken_amount   bigint check (taken_amount >= 0),
  taken_currency text,
  check ((taken_amount is null) = (taken_currency is null))
);
-- The owner of an undecided charge asks whether an answer was reported.
create index reports_by_transaction on ${payments}.reports (transaction_id);
create trigger reports_are_append_only
  before update or delete or truncate on ${payments}.reports
  for each statement execute function ${saga}.refuse_change();

-- ---------------------------------------------------------------------------------------------
-- By stream and not by number of arrival: the relay steps over stuck streams page by page without ever
-- stepping over half of one, and numbers commit out of order anyway. Events with one ordering key are
-- published one after the other; the events of a stream without order have sequence 0 and a key each. A payload is only handed on: it is
-- json, whose text is checked and kept, where jsonb would be taken apart and put together again.
create table ${messaging}.outbox (
  event_id     uuid not null,
  stream_type  text not null,
  stream_id    uuid not null,
  sequence     integer not null check (sequence >= 0),
  event_type   text not null,
  payload      json not null,
  created_at   timestamptz not null,
  node         integer, -- publishes it: ${saga}.nodes; null: nobody yet
  ordering_key uuid not null
               generated always as (case sequence when 0 then event_id else stream_id end) stored,
  primary key (ordering_key, stream_type, sequence)
);
-- A relay reads what its node holds, page by page, and finds what nodes that are gone have left.
create index outbox_by_node on ${messaging}.outbox (node, ordering_key, stream_type, sequence);

-- Publishes that products are sold out or can be had again: ProductUpdates.updated(product, List.of("stock")).
-- A function, because a statement that inserted into the outbox by itself would open that table each time,
-- and few changes of stock are to be published. Ids are UUIDs of version 7, as those of other events.
create function ${inventory}.publish_stock(products uuid[], holder integer) returns boolean
  language plpgsql
  as $$
begin
  insert into ${messaging}.outbox
    (event_id, stream_type, stream_id, sequence, event_type, payload, created_at, node)
  select e.id, 'product', e.product_id, 0, 'product.updated',
    ('{"event":"product.updated","event_id":"' || e.id || '","version":1,"product_id":"' || e.product_id
      || '","changes":["stock"],"timestamp":"'
      || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z"}')::json,
    e.at, holder
  from (
    select r.product_id, t.at,
      (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0')
        || '7' || substr(r.hex, 14))::uuid as id
    from (
      select unnest(products) as product_id, replace(gen_random_uuid()::text, '-', '') as hex) r
    cross join (select ${saga}.clock() as at offset 0) t) e;
  return true;
end $$;

create table ${messaging}.inbox (
  consumer     text not null,
  event_id     uuid not null,
  processed_at timestamptz not null,
  primary key (consumer, event_id)
);

-- How far a consumer that needs order is with each stream: the sequence of the last event it took.
create table ${messaging}.inbox_heads (
  consumer    text not null,
  stream_type text not null,
  stream_id   uuid not null,
  sequence    integer not null check (sequence > 0),
  updated_at  timestamptz not null,
  primary key (consumer, stream_id, stream_type)
) with (fillfactor = 60);

-- The events of one ordering key that wait for one consumer (messaging.consumer_backlog): one row for all
-- of them, which each transaction that adds or removes one locks.
create table ${messaging}.consumer_queues (
  consumer     text not null,
  stream_type  text not null,
  ordering_key uuid not null,
  node         integer,              -- hands them over: ${saga}.nodes; null: nobody yet
  attempts     integer not null,     -- how often the consumer failed on the first of them
  next_at      timestamptz not null, -- when the first of them is handed over (again)
  reason       text,                 -- what the consumer failed on last
  primary key (consumer, ordering_key, stream_type)
) with (fillfactor = 60);
-- A process reads what is due of the queues it holds, and finds those that nodes which are gone have left.
create index consumer_queues_by_node on ${messaging}.consumer_queues (node, consumer, next_at);

-- Events that have left the outbox and wait for one consumer, each stream's in sequence.
create table ${messaging}.consumer_backlog (
  consumer     text not null,
  stream_type  text not null,
  stream_id    uuid not null,
  sequence     integer not null check (sequence >= 0),
  event_id     uuid not null,
  event_type   text not null,
  payload      json not null,
  created_at   timestamptz not null, -- when it came here
  ordering_key uuid not null
               generated always as (case sequence when 0 then event_id else stream_id end) stored,
  while_paused boolean not null default false, -- it came because the consumer was paused
  primary key (consumer, ordering_key, stream_type, sequence)
);
-- A later event of an unordered stream takes the place of those that wait.
create index consumer_backlog_unordered
  on ${messaging}.consumer_backlog (consumer, stream_type, stream_id, event_type) where sequence = 0;

-- Events a consumer gave up on, with the reason; replayed by command.
create table ${messaging}.dead_letters (
  consumer    text not null,
  event_id    uuid not null,
  stream_type text not null,
  stream_id   uuid not null,
  sequence    integer not null,
  event_type  text not null,
  payload     json not null,
  reason      text not null,
  created_at  timestamptz not null,
  primary key (consumer, event_id)
);

-- ---------------------------------------------------------------------------------------------
create table ${notifications}.delivery_log (
  id          uuid primary key,
  event_id    uuid not null,
  stream_type text not null, -- what it is about: an order, a user, or something of the host's
  stream_id   uuid not null,
  user_id     uuid not null,
  channel     text not null,
  recipient   text not null,
  template    text not null,
  status      text not null
              check (status in ('QUEUED', 'SENDING', 'ACCEPTED', 'DELIVERED', 'BOUNCED', 'FAILED',
                                'AMBIGUOUS')),
  attempt     integer not null default 0,
  last_error  text,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  undecided   boolean not null generated always as (status in ('QUEUED', 'SENDING')) stored,
  constraint one_delivery unique (event_id, channel, recipient)
) with (fillfactor = 45);
-- Support asks what was sent about an order, or about a user.
create index delivery_log_by_stream on ${notifications}.delivery_log (stream_id, stream_type);
-- Finds sends whose process is gone. Not over the status: going from QUEUED to SENDING stays HOT.
create index delivery_log_undecided on ${notifications}.delivery_log (id) where undecided;

-- ---------------------------------------------------------------------------------------------
create table ${saga}.nodes (
  id          integer generated always as identity primary key,
  epoch       bigint not null,
  name        text not null,
  lease_until timestamptz not null,
  started_at  timestamptz not null
);

-- Stops a transaction of a node whose lease does not stand.
create function ${saga}.lease_lost(node integer) returns boolean
  language plpgsql
  as $$
begin
  raise exception 'node % lost its lease', node using errcode = 'TC001';
end $$;

create table ${saga}.instances (
  id          uuid primary key,
  definition  text not null,
  version     integer not null,
  step        text not null,
  state       text not null check (state in ('RUNNING', 'COMPENSATING', 'PARKED')),
  owner       integer,
  epoch       bigint,
  revision    bigint not null,
  attempt     integer not null,
  undecided   boolean not null,
  signals     integer not null default 0,
  handled     integer not null default 0,
  next_run_at timestamptz,
  move_by     timestamptz, -- when its owner must have moved it; in no index, so that moving stays HOT
  deadline    timestamptz,
  data        text not null,
  failure     text,
  last_error  text,
  first_error text,
  compensating boolean not null default false, -- its direction, which it keeps while it is PARKED
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint parked_keeps_its_direction
    check (state = 'PARKED' or compensating = (state = 'COMPENSATING')),
  constraint owned_due_or_parked
    check (case when state = 'PARKED' then owner is null and next_run_at is null else (owner is null) = (next_run_at is not null) end),
  constraint owned_until check ((owner is null) = (move_by is null))
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
-- Claims what is due (an owned saga has no next_run_at, so the happy path never enters this index).
create index instances_due on ${saga}.instances (next_run_at) where next_run_at is not null;
-- An operator lists what is parked.
create index instances_parked on ${saga}.instances (updated_at) where state = 'PARKED';

create table ${saga}.signals (
  id         bigint generated always as identity primary key,
  saga_id    uuid not null,
  kind       text not null,
  reason     text not null,
  actor      text not null,
  created_at timestamptz not null
);
-- The owner reads what was asked of one saga.
create index signals_by_saga on ${saga}.signals (saga_id);

-- A finished saga of a host's own definition; an order's own history is orders.order_events.
create table ${saga}.history (
  id          uuid primary key,
  definition  text not null,
  version     integer not null,
  outcome     text not null check (outcome in ('COMPLETED', 'COMPENSATED')),
  failure     text,
  finished_at timestamptz not null
);

-- What an operator did, and why.
create table ${saga}.admin_log (
  id         bigint generated always as identity primary key,
  saga_id    uuid not null,
  action     text not null,
  actor      text not null,
  reason     text not null,
  created_at timestamptz not null
);
-- The operator's actions on one saga, shown by explain.
create index admin_log_by_saga on ${saga}.admin_log (saga_id);
