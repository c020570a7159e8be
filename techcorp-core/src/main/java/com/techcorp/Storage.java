package com.techcorp;

import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.inventory.spi.StockListener;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;

/**
 * Stores everything that must be durable, in one place so that it can share a transaction (SPI). An
 * adapter passes the tests of {@code techcorp-contracts}.
 */
public interface Storage {
  /**
   * Checks, at start-up, that the storage can serve an engine.
   *
   * @param engine the engine's sizes and times
   * @throws com.techcorp.error.WiringException says what to change: a migration is missing, or the
   *     connection pool is smaller than the engine needs, or time-outs are longer than its lease
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
   */
  void checkReady(EngineOptions engine);

  /**
   * Returns the writer of transactions.
   *
   * @return the unit of work
   */
  UnitOfWork unitOfWork();

  /**
   * Returns a writer of transactions that also tells what its commits left of products. This costs
   * a commit no further query.
   *
   * @param listener told after each commit that changed stock. A commit of which it is not known
   *     whether it was written may not be told
   * @return the unit of work
   */
  UnitOfWork countingUnitOfWork(StockListener listener);

  /**
   * Returns the journal of live sagas.
   *
   * @return the journal
   */
  SagaJournal journal();

  /**
   * Returns the registry of nodes and their leases.
   *
   * @return the registry
   */
  NodeRegistry nodes();

  /**
   * Returns the store of orders and their histories.
   *
   * @return the store
   */
  OrderStore orders();

  /**
   * Returns the reader of idempotency keys.
   *
   * @return the keys
   */
  IdempotencyKeys keys();

  /**
   * Returns the reader of stock and reservations.
   *
   * @return the ledger
   */
  StockLedger stock();

  /**
   * Returns the reader of charges and refunds.
   *
   * @return the ledger
   */
  PaymentLedger payments();

  /**
   * Returns the events that wait to be published.
   *
   * @return the outbox
   */
  Outbox outbox();

  /**
   * Returns the record of what consumers have received.
   *
   * @return the inbox
   */
  Inbox inbox();

  /**
   * Returns the events that wait for one consumer each.
   *
   * @return the backlogs
   */
  ConsumerBacklog consumerBacklog();

  /**
   * Returns the log of messages to customers.
   *
   * @return the log
   */
  DeliveryLog deliveries();
}
