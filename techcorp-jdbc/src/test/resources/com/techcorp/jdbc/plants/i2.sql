--- i2-one-live-charge
drop index payments.one_live_charge;
insert into payments.transactions
  select gen_random_uuid(), order_id, amount, currency, method, 'ABANDONED', 'another', null, null, now(), now()
  from payments.transactions where order_id = world.id('confirmed');

--- i2-one-reference
update payments.transactions set idempotency_key = world.id('charge of confirmed')::text
  where order_id = world.id('shipped');

--- i2-charge-equals-order
update payments.transactions set amount = amount + 1 where order_id = world.id('declined');

--- i2-charge-equals-order in another currency
update payments.transactions set currency = 'USD' where order_id = world.id('declined');

--- i2-charge-equals-order for no order
update payments.transactions set order_id = world.id('nobody') where order_id = world.id('declined');

--- i2-sold-order-is-charged
update payments.transactions set status = 'VOIDED' where order_id = world.id('shipped');

--- i2-free-order-has-no-charge
alter table payments.transactions drop constraint transactions_amount_check;
select world.charge('free', 'DECLINED');

--- i2-paid-equals-approved
select world.paid('declined');

--- i2-paid-equals-approved approved, but not told
update payments.transactions set status = 'APPROVED' where order_id = world.id('parked');

--- i2-paid-as-taken sold for less
update payments.transactions set taken_amount = amount - 1, taken_currency = currency
  where order_id = world.id('confirmed');

--- i2-paid-as-taken sold in another currency
update payments.transactions set taken_amount = amount, taken_currency = 'USD'
  where order_id = world.id('shipped');

--- i2-paid-as-taken told as it was asked
update payments.transactions set taken_amount = amount + 1, taken_currency = currency
  where order_id = world.id('refunding');

--- i2-refund-of-charge
insert into payments.refunds
  values (gen_random_uuid(), world.id('nobody'), 1, 'EUR', 'FAILED', null, now(), now());

--- i2-refund-of-charge in another currency
update payments.refunds set currency = 'USD' where id = world.id('refund of refunded');

--- i2-refunds-within-charge
insert into payments.refunds
  values (gen_random_uuid(), world.id('charge of refunded'), 1, 'EUR', 'SUCCEEDED', null, now(), now());

--- i2-refunds-within-charge counting the one under way
insert into payments.refunds
  values (gen_random_uuid(), world.id('charge of refunding'), 1, 'EUR', 'PENDING', null, now(), now());

--- i2-refund-of-charge in the currency that was asked for
update payments.refunds set currency = 'EUR' where id = world.id('refund of mismatched');

--- i2-refunds-within-charge of more than was taken
insert into payments.refunds
  values (gen_random_uuid(), world.id('charge of mismatched'), 1, 'USD', 'SUCCEEDED', null, now(), now());

--- i2-charge-tells-refunds refunded by less than was taken
update payments.refunds set amount = amount - 1 where id = world.id('refund of mismatched');

--- i2-charge-tells-refunds
delete from payments.refunds where id = world.id('refund of refunded');

--- i2-charge-tells-refunds refunded without a word
insert into payments.refunds
  values (gen_random_uuid(), world.id('charge of confirmed'), 1, 'EUR', 'SUCCEEDED', null, now(), now());

--- i2-charge-tells-refunds refunded in part without a refund
update payments.transactions set status = 'PARTIALLY_REFUNDED' where order_id = world.id('confirmed');

--- i2-refunded-order-has-refund
select world.event('declined', 'REFUND_REQUESTED'), world.event('declined', 'REFUNDED');

--- i2-refunded-order-has-refund refunded, but not told
update payments.transactions set status = 'REFUNDED' where order_id = world.id('refunding');
update payments.refunds set status = 'SUCCEEDED' where id = world.id('refund of refunding');

--- i2-undecided-charge-is-driven
update payments.transactions set status = 'UNKNOWN' where order_id = world.id('abandoned');

--- i2-open-refund-is-driven
update saga.instances
  set data = replace(data, world.id('charge of refunding')::text, world.id('nobody')::text)
  where id = world.id('reversal of refunding');

--- i2-unsold-charge-is-reversed
select world.place('odd', 1, 'lamp'), world.charge('odd', 'APPROVED');
select world.cancel('odd', 'EXPIRED'), world.paid('odd');

--- i2-unsold-charge-is-reversed settled with its reversal parked
select world.place('odd', 1, 'lamp'), world.charge('odd', 'APPROVED');
select world.cancel('odd', 'EXPIRED'), world.paid('odd'), world.event('odd', 'REFUND_REQUESTED'),
  world.refund('odd', 'FAILED'), world.reversal('odd', now());
update saga.instances set state = 'PARKED', next_run_at = null, last_error = 'refused'
  where id = world.id('reversal of odd');

--- i2-unsold-charge-is-reversed another amount was taken
select world.place('odd', 1, 'lamp'), world.charge('odd', 'ABANDONED');
select world.takes('odd', 400, 'USD'), world.cancel('odd', 'AMOUNT_MISMATCH', '400 USD');

--- i2-unsold-charge-is-reversed settled with another amount taken and its reversal parked
select world.place('odd', 1, 'lamp'), world.charge('odd', 'ABANDONED');
select world.takes('odd', 400, 'USD'), world.cancel('odd', 'AMOUNT_MISMATCH', '400 USD'),
  world.reversal('odd', now());
update saga.instances set state = 'PARKED', next_run_at = null, last_error = 'refused'
  where id = world.id('reversal of odd');

--- i2-report-of-charge
insert into payments.reports (transaction_id, status, decline_code, reported_at)
  values (world.id('nobody'), 'DECLINED', 'insufficient_funds', now());

--- i2-reported-charge-is-settled
insert into payments.reports (transaction_id, status, provider_ref, reported_at)
  values (world.id('charge of declined'), 'APPROVED', 'ch_late', now());

--- i2-reported-charge-is-settled voided under another reference
update payments.transactions set status = 'VOIDED', provider_ref = 'ch_other'
  where order_id = world.id('declined');
insert into payments.reports (transaction_id, status, provider_ref, reported_at)
  values (world.id('charge of declined'), 'APPROVED', 'ch_late', now());

--- i2-reported-charge-is-settled settled with its reversal parked
insert into payments.reports (transaction_id, status, provider_ref, reported_at)
  values (world.id('charge of declined'), 'APPROVED', 'ch_late', now());
select world.reversal('declined', now());
update saga.instances set state = 'PARKED', next_run_at = null, last_error = 'refused'
  where id = world.id('reversal of declined');
