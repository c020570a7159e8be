-- Orders under way, some of them late but within the slack.
insert into saga.nodes (epoch, name, lease_until, started_at)
  values (3, 'lapsed', now() - interval '2 seconds', now());

select world.place('pending', 3, 'lamp', 'desk'), world.hold_cart('pending'),
  world.reserve('pending', 'PENDING'), world.charge('pending', 'PENDING'),
  world.saga(world.id('pending'), 'order', null, '{"card_token": "tok_secret"}');

-- Its node died just now; its hold is pinned beyond expires_at.
select world.place('orphaned', 1, 'lamp'), world.hold_cart('orphaned'),
  world.reserve('orphaned', 'PENDING'), world.charge('orphaned', 'UNKNOWN'),
  world.saga(world.id('orphaned'), 'order', null);
update inventory.reservations set expires_at = now() - interval '5 minutes'
  where order_id = world.id('orphaned');
update saga.instances s set owner = n.id, epoch = n.epoch
  from saga.nodes n where n.name = 'lapsed' and s.id = world.id('orphaned');

-- Placed in a transaction of the host: no stock row yet, due two seconds ago.
select world.place('joined', 1, 'lamp'),
  world.saga(world.id('joined'), 'order', now() - interval '2 seconds');

select world.place('refunding', 1, 'desk'), world.reserve('refunding', 'REVERSED'),
  world.charge('refunding', 'APPROVED');
select world.refund('refunding', 'PENDING'), world.paid('refunding'),
  world.event('refunding', 'CONFIRMED'), world.cancel('refunding', 'REQUESTED'),
  world.event('refunding', 'REFUND_REQUESTED'),
  world.reversal('refunding', now() + interval '1 minute');

-- The provider took less than was asked, and has not let go of it yet.
select world.place('reversing', 1, 'desk'), world.reserve('reversing', 'RELEASED'),
  world.charge('reversing', 'ABANDONED');
select world.takes('reversing', 400, 'EUR'), world.cancel('reversing', 'AMOUNT_MISMATCH', '400 EUR'),
  world.reversal('reversing', now() + interval '1 minute');

-- Its three events are in the outbox; its first message is going out.
select world.place('fresh', 1, 'lamp'), world.hold_cart('fresh'),
  world.reserve('fresh', 'CONFIRMED'), world.charge('fresh', 'APPROVED');
select world.paid('fresh'), world.event('fresh', 'CONFIRMED'), world.event('fresh', 'SHIPPED');
insert into messaging.outbox
  (event_id, stream_type, stream_id, sequence, event_type, payload, created_at)
  values (world.id('fresh 1'), 'order', world.id('fresh'), 1, 'payment.confirmed', '{}', now()),
    (world.id('fresh 2'), 'order', world.id('fresh'), 2, 'order.confirmed', '{}', now()),
    (world.id('fresh 3'), 'order', world.id('fresh'), 3, 'order.shipped', '{}', now());
select world.deliver('fresh', 'order.confirmed', 'SENDING'),
  world.deliver('fresh', 'order.shipped', 'QUEUED');

insert into messaging.outbox
  (event_id, stream_type, stream_id, sequence, event_type, payload, created_at)
  values (world.id('ada 1'), 'user', world.id('ada'), 1, 'user.password_changed', '{}', now()),
    (world.id('ada 2'), 'user', world.id('ada'), 2, 'user.disabled', '{}', now());
