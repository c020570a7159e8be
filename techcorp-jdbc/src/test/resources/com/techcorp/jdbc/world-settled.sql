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
