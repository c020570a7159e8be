-- Orders at rest, one of each end, and one PARKED: nothing is under way.
insert into saga.nodes (epoch, name, lease_until, started_at)
  values (7, 'alive', now() + interval '1 hour', now());
insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
  values (world.id('lamp'), 110, 'RECEIPT', now()), (world.id('lamp'), -10, 'ADJUSTMENT', now()),
    (world.id('desk'), 50, 'RECEIPT', now());
insert into inventory.stock values (world.id('lamp'), 0, 0), (world.id('desk'), 0, 0);

select world.place('confirmed', 2, 'lamp', 'desk'), world.hold_cart('confirmed'),
  world.reserve('confirmed', 'CONFIRMED'), world.charge('confirmed', 'APPROVED');
select world.paid('confirmed'), world.event('confirmed', 'CONFIRMED'),
  world.deliver('confirmed', 'order.confirmed', 'ACCEPTED');

select world.place('shipped', 1, 'lamp'), world.reserve('shipped', 'CONFIRMED'),
  world.charge('shipped', 'APPROVED');
select world.paid('shipped'), world.event('shipped', 'CONFIRMED'), world.event('shipped', 'SHIPPED'),
  world.deliver('shipped', 'order.confirmed', 'AMBIGUOUS');

select world.place('delivered', 1, 'desk'), world.reserve('delivered', 'CONFIRMED'),
  world.charge('delivered', 'APPROVED');
select world.paid('delivered'), world.event('delivered', 'CONFIRMED'),
  world.event('delivered', 'SHIPPED'), world.event('delivered', 'DELIVERED'),
  world.deliver('delivered', 'order.confirmed', 'DELIVERED');

-- Over nothing: no charge, no event PAID.
select world.place_at(0, 'free', 1, 'lamp'), world.reserve('free', 'CONFIRMED');
select world.event('free', 'CONFIRMED'), world.deliver('free', 'order.confirmed', 'ACCEPTED');

select world.place('sold-out', 500, 'lamp', 'desk'),
  world.cancel('sold-out', 'OUT_OF_STOCK', world.id('lamp')::text);

select world.place('declined', 1, 'lamp', 'desk'), world.reserve('declined', 'RELEASED'),
  world.charge('declined', 'DECLINED'), world.cancel('declined', 'DECLINED', 'insufficient_funds');

select world.place('abandoned', 1, 'lamp'), world.reserve('abandoned', 'EXPIRED'),
  world.charge('abandoned', 'ABANDONED'), world.cancel('abandoned', 'EXPIRED');

-- Cancelled by the customer after it was confirmed.
select world.place('refunded', 2, 'lamp', 'desk'), world.reserve('refunded', 'REVERSED'),
  world.charge('refunded', 'REFUNDED');
select world.refund('refunded', 'SUCCEEDED'), world.paid('refunded'),
  world.event('refunded', 'CONFIRMED'), world.cancel('refunded', 'REQUESTED'),
  world.event('refunded', 'REFUND_REQUESTED'), world.event('refunded', 'REFUNDED'),
  world.deliver('refunded', 'order.confirmed', 'ACCEPTED');

-- The charge arrived after the order was given up.
select world.place('late', 1, 'desk'), world.reserve('late', 'EXPIRED'),
  world.charge('late', 'REFUNDED'), world.cancel('late', 'EXPIRED');
select world.refund('late', 'SUCCEEDED'), world.paid('late'),
  world.event('late', 'REFUND_REQUESTED'), world.event('late', 'REFUNDED');

-- The provider took another amount, in another currency: it went back as it was taken.
select world.place('mismatched', 1, 'desk'), world.reserve('mismatched', 'RELEASED'),
  world.charge('mismatched', 'REFUNDED');
select world.takes('mismatched', 2500, 'USD'),
  world.cancel('mismatched', 'AMOUNT_MISMATCH', '2500 USD');
select world.refund('mismatched', 'SUCCEEDED'), world.paid('mismatched'),
  world.event('mismatched', 'REFUND_REQUESTED'), world.event('mismatched', 'REFUNDED');

select world.place('parked', 1, 'lamp'), world.hold_cart('parked'),
  world.reserve('parked', 'PENDING'), world.charge('parked', 'UNKNOWN'),
  world.saga(world.id('parked'), 'order', null, '{"card_token": "tok_secret"}');
update saga.instances set state = 'PARKED', owner = null, epoch = null, move_by = null,
    last_error = 'provider gone'
  where id = world.id('parked');

-- Users with a hash of each form, one of them in another spelling than the canonical one, and one whose
-- events wait in the outbox of the world in flight.
insert into auth.users
  (id, email, canonical_email, password_hash, status, sessions_valid_after, created_at, published)
values
  (world.id('ada'), 'Ada@Example.com', 'ada@example.com',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g',
    'ACTIVE', now(), now(), 2),
  (world.id('bob'), 'bob@example.com', 'bob@example.com',
    '$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234', 'ACTIVE', now(), now(), 0),
  (world.id('eve'), 'eve@example.com', 'eve@example.com',
    'pbkdf2_sha256$260000$salt$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=', 'DISABLED', now(), now(), 1),
  (world.id('zoe'), 'Zoë@example.com', 'zoë@example.com',
    '$pbkdf2-sha512$25000$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g', 'ACTIVE', now(), now(), 0);

-- Messages need not be about orders: one about a user, one about something of the host's.
insert into notifications.delivery_log values
  (world.id('delivery to ada'), world.id('password of ada'), 'user', world.id('ada'), world.id('ada'),
    'email', 'Ada@Example.com', 'password-changed', 'ACCEPTED', 1, null, now(), now()),
  (world.id('delivery about a claim'), world.id('claim paid'), 'claim', world.id('claim'), world.id('bob'),
    'email', 'bob@example.com', 'claim-paid', 'ACCEPTED', 1, null, now(), now());

-- The first key signed at once, since it followed none; the second leaked, so that the third signed at
-- once, too; the fourth signs now, and the fifth is published for the day after.
insert into auth.signing_keys (kid, state, public_key, wrapped_private_key, cache_seconds, token_seconds,
  created_at, published_at, activated_at, retired_at, dropped_at, leaked_at)
select k.kid, k.state, '\x30'::bytea, case when k.dropped is null then '1.AA' end, 300, 1805,
  n.at + k.published, n.at + k.published, n.at + k.activated, n.at + k.retired, n.at + k.dropped,
  n.at + k.leaked
from (select now() as at) n
cross join (values
  ('first', 'RETIRED', interval '-50 h', interval '-50 h', interval '-40 h', interval '-39 h', null::interval),
  ('leaked', 'RETIRED', '-41 h', '-40 h', '-30 h', '-30 h', '-30 h'),
  ('in-a-hurry', 'RETIRED', '-30 h', '-30 h', '-10 min', null, null),
  ('signing', 'ACTIVE', '-20 min', '-10 min', null, null, null),
  ('next', 'NEXT', '-1 min', null, null, null, null)
) k (kid, state, published, activated, retired, dropped, leaked);
