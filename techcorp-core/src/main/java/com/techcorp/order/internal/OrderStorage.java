package com.techcorp.order.internal;

import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.spi.SagaJournal;

/**
 * The readers that orders need from a storage.
 *
 * @param orders the orders
 * @param keys idempotency keys
 * @param payments the charges, and what was reported of them
 * @param journal the live sagas
 */
public record OrderStorage(
    OrderStore orders, IdempotencyKeys keys, PaymentLedger payments, SagaJournal journal) {}
