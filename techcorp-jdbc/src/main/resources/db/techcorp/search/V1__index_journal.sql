-- Versions of what is indexed, the targets that are written, how far a rebuild is, and synonyms and rules. Made only
-- where SchemaNames.withSearchTables() asks for them. On the catalogue's primary, so that both are restored together.

create schema ${search};

-- One row, made by the first turn. A version is a turn to read a product; it is at least the microseconds
-- since 1970, so that none repeats after this row was lost or restored.
create table ${search}.version_clock (
  only_row   boolean primary key default true check (only_row),
  last       bigint not null,
  -- signs cursors, for all processes: 244 random bits
  cursor_key bytea not null
    default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);

create table ${search}.targets (
  index_name text not null,
  target     text not null,
  role       text not null check (role in ('CURRENT', 'FILLING', 'PREVIOUS')),
  since      timestamptz not null,
  primary key (index_name, target)
);

create table ${search}.rebuilds (
  index_name    text primary key,
  target        text not null,
  last_product  uuid,            -- written up to here
  done          bigint not null,
  started_at    timestamptz not null,
  owner         text not null,
  leased_until  timestamptz not null
);

-- Moves on when pages in caches are not current any more.
create table ${search}.generations (
  index_name text primary key,
  generation bigint not null
);

-- Moves on with each change of an index's synonyms and rules; its row is locked by whoever changes them.
create table ${search}.rule_versions (
  index_name text primary key,
  version    bigint not null
);

-- Documents as com.techcorp.search.SearchRule and Synonym write them.
create table ${search}.rules (
  index_name text not null,
  kind       text not null check (kind in ('SYNONYM', 'RULE')),
  name       text not null,
  document   jsonb not null,
  primary key (index_name, kind, name)
);
