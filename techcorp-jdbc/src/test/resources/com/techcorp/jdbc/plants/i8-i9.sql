--- i8-key-has-order
insert into orders.idempotency_keys
  values (world.id('user'), 'key:1', sha256(''), world.id('nobody'), now(), sha256(''));

--- i8-key-has-order of another user
insert into orders.idempotency_keys
  values (world.id('user'), 'key:1', sha256(''), world.id('confirmed'), now(), sha256(''));

--- i8-key-shape
insert into orders.idempotency_keys
  select user_id, 'cart:' || world.id('another'), sha256(''), id, now(), sha256('')
  from orders.orders where id = world.id('confirmed');

--- i8-key-shape neither default nor explicit
insert into orders.idempotency_keys
  select user_id, 'odd', sha256(''), id, now(), sha256('') from orders.orders where id = world.id('confirmed');

--- i8-key-shape of another order that was followed
insert into orders.idempotency_keys
  select user_id, 'past:' || world.id('another'), sha256(''), id, now(), sha256('')
  from orders.orders where id = world.id('confirmed');

--- i8-live-order-has-key
delete from orders.idempotency_keys where order_id = world.id('shipped');

--- i8-cancelled-frees-cart
select world.hold_cart('declined');

--- i9-one-delivery
alter table notifications.delivery_log drop constraint one_delivery;
update notifications.delivery_log set event_id = world.id('fresh 2') where stream_id = world.id('fresh');

--- i9-delivery-of-order
update notifications.delivery_log set user_id = world.id('another') where stream_id = world.id('shipped');

--- i9-delivery-of-order that does not exist
update notifications.delivery_log set stream_id = world.id('nobody') where stream_id = world.id('fresh');

--- i9-delivery-of-user
update notifications.delivery_log set stream_type = 'user' where stream_id = world.id('shipped');

--- i9-sending-is-decided
update notifications.delivery_log set updated_at = now() - interval '1 hour' where status = 'SENDING';

--- i9-sending-is-decided settled
update notifications.delivery_log set status = 'SENDING' where stream_id = world.id('shipped');

--- i9-settled-none-queued settled
update notifications.delivery_log set status = 'QUEUED' where stream_id = world.id('shipped');

--- i9-settled-confirmed-is-told settled
delete from notifications.delivery_log where stream_id = world.id('confirmed');
