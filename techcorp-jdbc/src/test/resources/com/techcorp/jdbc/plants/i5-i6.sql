--- i5-published-equals-events
update orders.orders set published = published + 1 where id = world.id('confirmed');

--- i5-outbox-is-in-order
update messaging.outbox set event_type = 'order.cancelled' where event_id = world.id('fresh 2');

--- i5-outbox-is-in-order the second left before the first
delete from messaging.outbox where event_id = world.id('fresh 2');

--- i5-outbox-is-in-order the last left before the first
delete from messaging.outbox where event_id = world.id('fresh 3');

--- i5-outbox-is-in-order of nobody
insert into messaging.outbox
  (event_id, stream_type, stream_id, sequence, event_type, payload, created_at)
  values (gen_random_uuid(), 'order', world.id('nobody'), 1, 'order.confirmed', '{}', now());

--- i5-outbox-is-in-order the same event twice
update messaging.outbox set event_id = world.id('fresh 2') where event_id = world.id('fresh 3');

--- i5-outbox-drains
update messaging.outbox set created_at = now() - interval '1 hour' where event_id = world.id('fresh 2');

--- i5-outbox-drains settled
insert into messaging.outbox
  (event_id, stream_type, stream_id, sequence, event_type, payload, created_at)
  values (gen_random_uuid(), 'order', world.id('confirmed'), 2, 'order.confirmed', '{}', now());

--- i5-backlog-is-whole an event without its queue
insert into messaging.consumer_backlog
  (consumer, stream_type, stream_id, sequence, event_id, event_type, payload, created_at)
values ('mails', 'order', gen_random_uuid(), 1, gen_random_uuid(), 'order.confirmed', '{}', now());

--- i5-backlog-is-whole a queue without events
insert into messaging.consumer_queues (consumer, stream_type, ordering_key, attempts, next_at, reason)
  values ('mails', 'order', gen_random_uuid(), 1, now(), 'to ada@example.com');

--- i5-backlog-drains that nobody holds
with s as (
  insert into messaging.consumer_queues (consumer, stream_type, ordering_key, node, attempts, next_at, reason)
  values ('mails', 'order', gen_random_uuid(), -1, 1, now() - interval '1 hour', 'to ada@example.com')
  returning stream_type, ordering_key)
insert into messaging.consumer_backlog
  (consumer, stream_type, stream_id, sequence, event_id, event_type, payload, created_at)
select 'mails', stream_type, ordering_key, 1, gen_random_uuid(), 'order.confirmed', '{}', now() from s;

--- i5-backlog-drains settled
with s as (
  insert into messaging.consumer_queues (consumer, stream_type, ordering_key, attempts, next_at)
  values ('mails', 'order', gen_random_uuid(), 0, now() + interval '1 hour')
  returning stream_type, ordering_key)
insert into messaging.consumer_backlog
  (consumer, stream_type, stream_id, sequence, event_id, event_type, payload, created_at)
select 'mails', stream_type, ordering_key, 1, gen_random_uuid(), 'order.confirmed', '{}', now() from s;

--- i5-no-dead-letters
insert into messaging.dead_letters
  (consumer, event_id, stream_type, stream_id, sequence, event_type, payload, reason, created_at)
values
  ('mails', gen_random_uuid(), 'order', gen_random_uuid(), 1, 'order.confirmed', '{}',
    'to ada@example.com', now());

--- i5-user-events-are-in-order the last left before the one before
delete from messaging.outbox where event_id = world.id('ada 2');

--- i5-user-events-are-in-order one that was not counted
update auth.users set published = 1 where id = world.id('ada');

--- i5-user-events-are-in-order of nobody
update messaging.outbox set stream_id = world.id('nobody') where stream_type = 'user';

--- i6-holds-expire
update inventory.reservations set expires_at = now() - interval '1 hour'
  where order_id = world.id('pending');
