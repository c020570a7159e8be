package com.techcorp.jdbc;

/** As many rows as the planner needs to see what a scan costs; what they say is of no interest. */
final class LargeTables {
  /** Of all that an order needs. */
  static final String OF_ORDERS =
      """
      create temp table n as select gen_random_uuid() as id, g from generate_series(1, 50000) g;
      insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
          currency, status, last_seq, published, last_hash, created_at, updated_at)
        select id, 'TC-2020-' || g, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'EUR',
          'CONFIRMED', 3, 2, '', now(), now() from n;
      insert into orders.order_items select id, gen_random_uuid(), 1, 1 from n;
      insert into orders.order_events
        select id, seq, 'PAID', '{}', now(), '' from n cross join generate_series(1, 3) seq;
      insert into orders.idempotency_keys
        select gen_random_uuid(), 'key', '', id, now(), '' from n;
      insert into inventory.stock select id, 1, 1 from n;
      insert into inventory.reservations
        select gen_random_uuid(), id, gen_random_uuid(), 1, 'CONFIRMED', now(), now() from n;
      insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
        select gen_random_uuid(), id, -1, 'SALE', now() from n;
      insert into payments.transactions (id, order_id, amount, currency, method, status,
          idempotency_key, created_at, updated_at)
        select gen_random_uuid(), id, 1, 'EUR', 'card', 'APPROVED', 'key', now(), now() from n;
      insert into payments.refunds (id, transaction_id, amount, currency, status, created_at, updated_at)
        select gen_random_uuid(), id, 1, 'EUR', 'SUCCEEDED', now(), now() from n;
      insert into payments.reports (transaction_id, status, reported_at)
        select id, 'APPROVED', now() from n;
      insert into messaging.consumer_queues
        select 'elsewhere', 'order', id, case when g % 2 = 0 then -1 end, 0, now(), null from n;
      insert into messaging.consumer_backlog
        select 'elsewhere', 'order', id, 1, gen_random_uuid(), 'order.confirmed', '{}', now() from n;
      insert into messaging.dead_letters
        select 'elsewhere', gen_random_uuid(), 'order', id, 1, 'order.confirmed', '{}', 'x', now() from n;
      insert into messaging.inbox select 'nobody', id, now() from n;
      insert into notifications.delivery_log (id, event_id, stream_type, stream_id, user_id, channel,
          recipient, template, status, created_at, updated_at)
        select gen_random_uuid(), id, 'order', id, id, 'email', 'x', 'x', 'ACCEPTED', now(), now() from n;
      insert into saga.instances (id, definition, version, step, state, revision, attempt, undecided,
          data, created_at, updated_at)
        select id, 'of-nobody', 1, 'x', 'PARKED', 1, 0, false, '', now(), now() from n;
      insert into saga.history (id, definition, version, outcome, finished_at)
        select gen_random_uuid(), 'of-nobody', 1, 'COMPLETED', now() from n;
      insert into saga.signals (saga_id, kind, reason, actor, created_at)
        select id, 'x', 'x', 'x', now() from n;
      analyze
      """;

  /** Events of products that wait for a consumer that is paused. */
  static final String OF_PRODUCTS_THAT_WAIT =
      """
      create temp table p as select gen_random_uuid() as id, gen_random_uuid() as event
        from generate_series(1, 50000) g;
      insert into messaging.consumer_queues
        select 'paused', 'product', event, null, 0, now(), null from p;
      insert into messaging.consumer_backlog
        select 'paused', 'product', id, 0, event, 'product.updated', '{}', now() from p;
      analyze messaging.consumer_queues, messaging.consumer_backlog
      """;

  /** Users who log in. */
  static final String OF_USERS =
      """
      insert into auth.users
          (id, email, canonical_email, password_hash, status, sessions_valid_after, created_at)
        select gen_random_uuid(), 'user' || g, 'user' || g, 'hash', 'ACTIVE', now(), now()
        from generate_series(1, 50000) g;
      analyze auth.users;
      """;

  /** Signing keys that have ended, centuries of them. */
  static final String OF_SIGNING_KEYS =
      """
      insert into auth.signing_keys (kid, state, public_key, wrapped_private_key, cache_seconds,
          token_seconds, created_at, published_at, activated_at, retired_at, dropped_at)
        select 'ended' || g, 'RETIRED', '', null, 1, 1, now(), now(), now(), now(), now()
        from generate_series(1, 50000) g;
      analyze auth.signing_keys;
      """;

  private LargeTables() {}
}
