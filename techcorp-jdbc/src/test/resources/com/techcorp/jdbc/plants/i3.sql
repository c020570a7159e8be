--- i3-order-has-saga
select world.place('odd', 1, 'lamp');

--- i3-refund-has-saga
select world.event('declined', 'REFUND_REQUESTED');

--- i3-owner-is-node
update saga.instances set owner = 99 where id = world.id('pending');

--- i3-owner-is-node in an epoch that is over
update saga.instances set epoch = epoch - 1 where id = world.id('pending');

--- i3-owner-lease-stands
update saga.nodes set lease_until = now() - interval '1 hour' where name = 'lapsed';

--- i3-owned-saga-moves as R20 and R04 left it: its node lives and renews its lease
update saga.nodes set lease_until = now() + interval '5 seconds' where name = 'alive';
update saga.instances set move_by = now() - interval '1 hour' where id = world.id('pending');

--- i3-owned-saga-moves without a time
alter table saga.instances drop constraint owned_until;
update saga.instances set move_by = null where id = world.id('pending');

--- i3-due-saga-runs
update saga.instances set next_run_at = now() - interval '1 hour' where id = world.id('joined');

--- i3-saga-has-a-place
alter table saga.instances drop constraint owned_due_or_parked;
update saga.instances set next_run_at = null where id = world.id('joined');

--- i3-saga-has-a-place owned and due
alter table saga.instances drop constraint owned_due_or_parked;
update saga.instances set next_run_at = now() where id = world.id('pending');

--- i3-saga-has-a-place parked and due
alter table saga.instances drop constraint owned_due_or_parked;
update saga.instances set next_run_at = now() where id = world.id('parked');

--- i3-parked-has-reason
update saga.instances set last_error = ' ' where id = world.id('parked');

--- i3-parked-has-reason none at all
update saga.instances set last_error = null where id = world.id('parked');

--- i3-saga-has-order
select world.saga(world.id('nobody'), 'order', now());

--- i3-saga-has-order to reverse
select world.reversal('nobody', now());

--- i3-saga-has-order data that says nothing
select world.saga(world.id('nothing'), 'reversal', now(), 'not JSON');

--- i3-settled-sagas-are-done settled
select world.saga(world.id('a saga of the host'), 'onboarding', now() + interval '1 day');
