--- i1-stock-not-negative
alter table inventory.stock drop constraint stock_available_not_negative;
insert into inventory.stock values (world.id('chair'), -1, 0);
insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
  values (world.id('chair'), -1, 'ADJUSTMENT', now());

--- i1-stock-equals-movements
update inventory.stock set available = available + 1 where product_id = world.id('lamp');

--- i1-stock-equals-movements moved, but not in stock
insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
  values (world.id('chair'), 5, 'RECEIPT', now());

--- i1-stock-equals-movements in stock, but never moved
insert into inventory.stock values (world.id('chair'), 5, 0);

--- i1-reserved-equals-pending
update inventory.stock set available = available - 1, reserved = reserved + 1
  where product_id = world.id('lamp');

--- i1-reserved-equals-pending reserved, but not in stock
select world.place('odd', 1, 'chair'), world.reserve('odd', 'PENDING'),
  world.saga(world.id('odd'), 'order', now());

--- i1-reservation-is-item
update inventory.reservations set quantity = 7
  where order_id = world.id('declined') and product_id = world.id('lamp');

--- i1-reservation-is-item of a product nobody ordered
update inventory.reservations set product_id = world.id('chair')
  where order_id = world.id('declined') and product_id = world.id('lamp');

--- i1-sold-item-is-confirmed
update inventory.reservations set status = 'RELEASED'
  where order_id = world.id('confirmed') and product_id = world.id('lamp');
delete from inventory.stock_movements
  where order_id = world.id('confirmed') and product_id = world.id('lamp');
select world.restock();

--- i1-sold-item-is-confirmed without a reservation
delete from inventory.reservations where order_id = world.id('shipped');
delete from inventory.stock_movements where order_id = world.id('shipped');
select world.restock();

--- i1-movements-equal-reservations
delete from inventory.stock_movements
  where order_id = world.id('confirmed') and product_id = world.id('lamp');
select world.restock();

--- i1-movements-equal-reservations moved after the release
insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
  values (world.id('lamp'), world.id('declined'), -1, 'SALE', now());
select world.restock();

--- i1-movements-equal-reservations moved without a reservation
insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
  values (world.id('lamp'), world.id('sold-out'), -1, 'SALE', now());
select world.restock();

--- i1-movements-equal-reservations reversed, but not returned
delete from inventory.stock_movements
  where order_id = world.id('refunded') and movement_type = 'RETURN';
select world.restock();

--- i1-moved-once
update inventory.stock_movements set quantity = -1
  where order_id = world.id('confirmed') and product_id = world.id('lamp');
insert into inventory.stock_movements (product_id, order_id, quantity, movement_type, created_at)
  values (world.id('lamp'), world.id('confirmed'), -1, 'SALE', now());

--- i1-movement-shape
insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
  values (world.id('lamp'), -3, 'RECEIPT', now()), (world.id('lamp'), 3, 'ADJUSTMENT', now());

--- i1-movement-shape a sale to nobody
insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
  values (world.id('lamp'), -3, 'SALE', now()), (world.id('lamp'), 3, 'ADJUSTMENT', now());

--- i1-reversed-whole
update inventory.reservations set status = 'RELEASED'
  where order_id = world.id('refunded') and product_id = world.id('lamp');
delete from inventory.stock_movements
  where order_id = world.id('refunded') and product_id = world.id('lamp');
select world.restock();

--- i1-reversed-whole but not cancelled
select world.reserve('parked', 'REVERSED');

--- i1-cancelled-holds-nothing
select world.reserve('declined', 'PENDING');

--- i1-cancelled-holds-nothing it was even sold
select world.reserve('declined', 'CONFIRMED');

--- i1-hold-is-the-orders a host's hold under a live order
update inventory.reservations set hold_token = null
  where order_id = world.id('confirmed') and product_id = world.id('lamp');

--- i1-hold-is-the-orders another's token
update inventory.reservations set hold_token = world.id('hold:somebody')
  where order_id = world.id('refunded') and product_id = world.id('lamp');

--- i1-hold-is-the-orders its saga has another one
update saga.instances set data = '{"orderId":"x","holdToken":"' || world.id('hold:somebody') || '"}'
  where id = (select min(s.id::text)::uuid from saga.instances s where s.definition = 'order');
