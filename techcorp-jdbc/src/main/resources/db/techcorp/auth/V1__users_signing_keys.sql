-- Users who log in, and the keys that sign their tokens. Made only where SchemaNames.withAuthTables() asks
-- for them.

create schema ${auth};

-- The id is the user_id of orders and customers. Comparing bytes makes what is unique the same in every
-- database; the canonical form alone decides which spellings are one address.
create table ${auth}.users (
  id                   uuid primary key,
  email                text not null,             -- as its owner writes it
  canonical_email      text collate "C" not null, -- one form for all its spellings
  password_hash        text not null,
  status               text not null check (status in ('ACTIVE', 'DISABLED')),
  sessions_valid_after timestamptz not null,      -- sessions from before have ended
  created_at           timestamptz not null,
  published            integer not null default 0 -- events of the user so far
);
-- A login finds its user; two users never have one address.
create unique index users_by_email on ${auth}.users (canonical_email);

-- A key is NEXT (published, signs nothing), then ACTIVE (signs), then RETIRED (verifies until the last
-- token it signed has expired). A key that is not published any more is dropped: the private part goes,
-- the row stays, so that a key that was dropped early can be seen. A key that was taken out by hand has
-- leaked_at, and is RETIRED and dropped at that time, whatever it was.
create table ${auth}.signing_keys (
  kid                 text primary key,
  state               text not null check (state in ('NEXT', 'ACTIVE', 'RETIRED')),
  public_key          bytea not null, -- X.509
  wrapped_private_key text,           -- encrypted, behind the name of the wrapping key; null once dropped
  -- How long after publication a verifier may still be without the key.
  cache_seconds       integer not null check (cache_seconds >= 0),
  -- How long after its signature a token may be valid, skew included.
  token_seconds       integer not null check (token_seconds > 0),
  created_at          timestamptz not null,
  published_at        timestamptz not null,
  activated_at        timestamptz,
  retired_at          timestamptz,
  dropped_at          timestamptz,
  leaked_at           timestamptz,    -- somebody else may have it: it was dropped at once
  constraint state_has_its_times check (case state
    when 'NEXT' then activated_at is null and retired_at is null and dropped_at is null
    when 'ACTIVE' then activated_at is not null and retired_at is null and dropped_at is null
    else retired_at is not null end),
  constraint private_part_until_dropped check ((wrapped_private_key is null) = (dropped_at is not null))
);
-- One key signs and one waits, whatever processes do at once.
create unique index one_active_key on ${auth}.signing_keys (state) where state = 'ACTIVE';
create unique index one_next_key on ${auth}.signing_keys (state) where state = 'NEXT';
