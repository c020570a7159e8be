--- i4-sequence-gapless
alter table orders.order_events disable trigger user;
update orders.order_events set seq = 9 where order_id = world.id('confirmed') and seq = 3;
select world.rechain('confirmed');

--- i4-chain-is-whole
alter table orders.order_events disable trigger user;
update orders.order_events set event_data = event_data || '{"amount": 1}'
  where order_id = world.id('confirmed') and event_type = 'PAID';

--- i4-chain-is-whole its last link
alter table orders.order_events disable trigger user;
update orders.order_events set hash = '\x00' where order_id = world.id('confirmed') and seq = 3;
update orders.orders set last_hash = '\x00' where id = world.id('confirmed');

--- i4-head-is-last-event
update orders.orders set last_hash = '\x00' where id = world.id('confirmed');

--- i4-head-is-last-event another number
update orders.orders set last_seq = last_seq + 1 where id = world.id('confirmed');

--- i4-row-is-fold order_number
update orders.orders set order_number = 'TC-1999-000001' where id = world.id('shipped');

--- i4-row-is-fold cart_id
update orders.orders set cart_id = world.id('another') where id = world.id('shipped');

--- i4-row-is-fold user_id
update orders.orders set user_id = world.id('another') where id = world.id('sold-out');
update orders.idempotency_keys set caller = world.id('another') where order_id = world.id('sold-out');

--- i4-row-is-fold shipping_address_id
update orders.orders set shipping_address_id = world.id('another') where id = world.id('shipped');

--- i4-row-is-fold amount
update orders.orders set amount = 1 where id = world.id('sold-out');

--- i4-row-is-fold currency
update orders.orders set currency = 'USD' where id = world.id('sold-out');

--- i4-row-is-fold status
update orders.orders set status = 'DELIVERED' where id = world.id('shipped');

--- i4-row-is-fold cancel_reason
update orders.orders set cancel_reason = 'EXPIRED' where id = world.id('declined');

--- i4-row-is-fold cancel_detail
update orders.orders set cancel_detail = null where id = world.id('declined');

--- i4-row-is-fold refund_status
update orders.orders set refund_status = null where id = world.id('refunding');

--- i4-row-is-fold created_at
update orders.orders set created_at = now() where id = world.id('shipped');

--- i4-row-is-fold updated_at
update orders.orders set updated_at = now() where id = world.id('shipped');

--- i4-history-is-legal
select world.event('confirmed', 'DELIVERED');

--- i4-history-is-legal paid twice
select world.paid('confirmed');

--- i4-history-is-legal paid after it was confirmed
alter table orders.order_events disable trigger user;
update orders.order_events set seq = 9 where order_id = world.id('shipped') and event_type = 'PAID';
update orders.order_events set seq = 2 where order_id = world.id('shipped') and event_type = 'CONFIRMED';
update orders.order_events set seq = 3 where order_id = world.id('shipped') and seq = 9;
select world.rechain('shipped');

--- i4-history-is-legal refunded, but never asked to
update payments.transactions set status = 'VOIDED' where order_id = world.id('abandoned');
select world.event('abandoned', 'REFUNDED');

--- i4-history-is-legal an event nobody knows
select world.event('confirmed', 'TELEPORTED');
update orders.orders set published = published - 1 where id = world.id('confirmed');

--- i4-items-as-created
delete from orders.order_items
  where order_id = world.id('sold-out') and product_id = world.id('desk');

--- i4-items-as-created another price
update orders.order_items set unit_price = 1 where order_id = world.id('sold-out');

--- i4-items-as-created another quantity
update orders.order_items set quantity = 1 where order_id = world.id('sold-out');

--- i4-items-as-created one more
insert into orders.order_items values (world.id('sold-out'), world.id('chair'), 1, 1000);

--- i4-order-is-complete without items
select world.place('odd', 1, variadic '{}'), world.cancel('odd', 'EXPIRED');

--- i4-order-is-complete without events
insert into orders.orders
  select world.id('odd'), 'odd', user_id, cart_id, shipping_address_id, amount, currency, status,
    cancel_reason, cancel_detail, null, 0, 0, '', created_at, updated_at
  from orders.orders where id = world.id('sold-out');

--- i4-order-is-complete events and items without an order
insert into orders.order_events
  select world.id('odd'), 1, 'CREATED', event_data, created_at,
    orders.link('', world.id('odd'), 1, 'CREATED', event_data, created_at)
  from orders.order_events where order_id = world.id('sold-out') and seq = 1;
insert into orders.order_items
  select world.id('odd'), product_id, quantity, unit_price
  from orders.order_items where order_id = world.id('sold-out');
