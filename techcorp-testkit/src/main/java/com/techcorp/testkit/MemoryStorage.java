package com.techcorp.testkit;

import com.techcorp.Storage;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.UserDirectory;
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
import com.techcorp.storage.Effect;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import java.time.InstantSource;

/**
 * A storage in memory for tests and demos: it keeps the same contracts as PostgreSQL, under one
 * lock, and passes the same contract tests; what it holds ends with the process. Several engines
 * may share one storage, as several processes share a database. Thread-safe.
 */
public final class MemoryStorage implements Storage {
  private final MemoryTables tables;
  private final MemoryUnitOfWork unitOfWork;
  private final MemoryUsers users;
  private final MemorySigningKeys signingKeys;

  private MemoryStorage(InstantSource clock) {
    MemoryDatabase database = new MemoryDatabase(clock);
    this.tables = MemoryTables.in(database);
    this.unitOfWork = new MemoryUnitOfWork(database, tables);
    this.users = new MemoryUsers(database, tables.messaging().outbox());
    this.signingKeys = new MemorySigningKeys(database);
  }

  /**
   * Returns an empty storage on real time.
   *
   * @return the storage
   */
  public static MemoryStorage create() {
    return new MemoryStorage(InstantSource.system());
  }

  /**
   * Returns an empty storage whose time is stepped by a test.
   *
   * @param clock its only source of time
   * @return the storage
   */
  public static MemoryStorage create(SteppedClock clock) {
    return new MemoryStorage(clock);
  }

  /**
   * Teaches this storage to write a host's own effects, those that its local steps give.
   *
   * @param type the effect's record
   * @param handler writes it
   * @param <E> the effect's record
   * @return this storage
   * @throws com.techcorp.error.WiringException if the type has a handler already
   */
  public <E extends Effect> MemoryStorage handle(Class<E> type, MemoryHandler<E> handler) {
    unitOfWork.handle(type, handler);
    return this;
  }

  /** Does nothing: memory has neither migrations nor connections. */
  @Override
  public void checkReady(EngineOptions engine) {}

  @Override
  public UnitOfWork unitOfWork() {
    return unitOfWork;
  }

  @Override
  public UnitOfWork countingUnitOfWork(StockListener listener) {
    return new MemoryStockCounting(unitOfWork, tables.stock(), listener);
  }

  @Override
  public SagaJournal journal() {
    return tables.journal();
  }

  @Override
  public NodeRegistry nodes() {
    return tables.nodes();
  }

  @Override
  public OrderStore orders() {
    return tables.orders();
  }

  @Override
  public IdempotencyKeys keys() {
    return tables.keys();
  }

  @Override
  public StockLedger stock() {
    return tables.stock();
  }

  @Override
  public PaymentLedger payments() {
    return tables.payments();
  }

  @Override
  public Outbox outbox() {
    return tables.messaging().outbox();
  }

  @Override
  public Inbox inbox() {
    return tables.messaging().inbox();
  }

  @Override
  public ConsumerBacklog consumerBacklog() {
    return tables.messaging().backlog();
  }

  @Override
  public DeliveryLog deliveries() {
    return tables.deliveries();
  }

  /**
   * Returns users who log in, for hosts that have none of their own. Their events are published as
   * those of orders are.
   *
   * @return the directory: the same one each time
   */
  public UserDirectory users() {
    return users;
  }

  /**
   * Returns the keys that sign access tokens, for all processes that share this storage.
   *
   * @return the store: the same one each time
   */
  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  MemoryTables tables() {
    return tables;
  }
}
