-- Simple tables for hosts that have no carts, products and customers of their own, such as the demo. Made
-- only where SchemaNames.withHostTables() asks for them.

create schema ${carts};
create schema ${catalog};
create schema ${customers};

create table ${carts}.carts (
  id      uuid primary key,
  user_id uuid not null
);
create table ${carts}.cart_items (
  cart_id    uuid not null references ${carts}.carts on delete cascade,
  line       integer not null,
  product_id uuid not null,
  quantity   bigint not null,
  primary key (cart_id, line)
);
create table ${catalog}.products (
  id         uuid primary key,
  title      text not null,
  price      bigint not null check (price >= 0),
  currency   text not null,
  version    bigint not null default 1,
  document   jsonb not null default '{}',
  updated_at timestamptz not null default now()
);
-- Searches sort by updated_at, so it rises with each change, whoever makes it.
create function ${catalog}.raise_updated_at() returns trigger
  language plpgsql
  as $$
begin
  new.updated_at := greatest(clock_timestamp(), old.updated_at + interval '1 microsecond');
  return new;
end $$;
create trigger products_raise_updated_at
  before update on ${catalog}.products
  for each row when (old.* is distinct from new.*)
  execute function ${catalog}.raise_updated_at();
create table ${customers}.customers (
  id        uuid primary key,
  email     text not null,
  full_name text not null,
  locale    text not null
);
create table ${customers}.addresses (
  id          uuid primary key,
  customer_id uuid not null references ${customers}.customers on delete cascade,
  document    jsonb not null default '{}'
);
