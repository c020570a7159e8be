package com.techcorp;

import com.techcorp.health.Health;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.Backlog;
import com.techcorp.notification.Notifier;
import com.techcorp.order.OrderSaga;
import com.techcorp.payment.PaymentProcessor;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaEngine;
import java.time.Duration;
import java.util.List;

/**
 * The library's front: takes orders without overselling, double charging or losing one, on the
 * storage it is given. Build one for each process with {@link #builder()}, share it between all
 * threads, and close it when the process ends. Thread-safe.
 */
public final class TechCorp implements AutoCloseable {
  private final Parts parts;

  TechCorp(Parts parts) {
    this.parts = parts;
  }

  /**
   * Begins to wire.
   *
   * @return a builder
   */
  public static TechCorpBuilder builder() {
    return new TechCorpBuilder();
  }

  /**
   * Takes orders.
   *
   * @return place, follow, cancel, ship, deliver, replay
   */
  public OrderSaga orders() {
    return parts.orders();
  }

  /**
   * What was published of orders.
   *
   * @return an order's events again, and sending them to one consumer
   */
  public PublishedEvents events() {
    return parts.events();
  }

  /**
   * Stock: in this storage, or what the builder was given.
   *
   * @return reserve, confirm, release, restock
   */
  public InventoryReserver inventory() {
    return parts.inventory();
  }

  /**
   * Charges and refunds.
   *
   * @return look, reconcile with the provider
   */
  public PaymentProcessor payments() {
    return parts.payments();
  }

  /**
   * Messages to customers.
   *
   * @return send, and what was sent
   */
  public Notifier notifier() {
    return parts.notifier();
  }

  /**
   * Drives sagas, also the host's own.
   *
   * @return start, outcome
   */
  public SagaEngine sagas() {
    return parts.room().engine();
  }

  /**
   * For operators.
   *
   * @return list, explain, retry, cancel, compensate, force complete
   */
  public SagaAdmin admin() {
    return parts.room().engine().admin();
  }

  /**
   * How this process is: whether it works, what is stuck and since when, and counts of what
   * happened. Cheap, and never blocks: fit for a health check that is asked every second.
   *
   * @return the status, the findings, the counters
   */
  public Health health() {
    return parts.room().health();
  }

  /**
   * What the start found that an operator should know, such as live sagas of a version that this
   * build cannot run.
   *
   * @return sentences that say what to change; empty if all is well
   */
  public List<String> warnings() {
    return parts.room().warnings();
  }

  /**
   * What waits to be published, and what waits for single consumers, as last measured: about once a
   * second, also while nothing can be published.
   *
   * @return rows and the age of the oldest, of the outbox and for each consumer
   */
  public Backlog backlog() {
    return parts.room().relay().backlog();
  }

  /**
   * How many sagas this process holds in memory.
   *
   * @return at most {@code maxInFlight} and {@code duePlaces} of the engine's options
   */
  public int inFlight() {
    return parts.room().engine().inFlight();
  }

  /**
   * Drains and stops: no new orders, running batches finish, the rest is handed over at once to
   * other processes. Waits up to 10 s. Idempotent.
   */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains and stops.
   *
   * @param limit how long to wait for what is in flight; then it is handed over. On a thread of the
   *     library (in a consumer, a gateway, a step) this returns at once, and draining goes on
   */
  public void close(Duration limit) {
    parts.room().close(limit);
  }
}
