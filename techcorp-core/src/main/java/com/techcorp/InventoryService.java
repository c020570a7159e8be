package com.techcorp;

import com.techcorp.health.Health;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.Backlog;
import com.techcorp.saga.SagaAdmin;
import java.time.Duration;
import java.util.List;

/**
 * An inventory in a process and a database of its own, for orders elsewhere: holds stock for them,
 * sells it when their {@code payment.confirmed} arrives, and answers that by an event. It needs
 * neither carts nor payments. Build one for each process with {@link #builder()} and close it when
 * the process ends. Thread-safe.
 *
 * <pre>{@code
 * try (InventoryService inventory =
 *         InventoryService.builder().storage(storage).events(RabbitEventBus.connect(rabbit)).start();
 *     InventoryServer server = InventoryServer.serve(inventory.inventory(), rabbit)) {
 *   …
 * }
 * }</pre>
 */
public final class InventoryService implements AutoCloseable {
  private final EngineRuntime room;
  private final InventoryReserver inventory;

  InventoryService(EngineRuntime room, InventoryReserver inventory) {
    this.room = room;
    this.inventory = inventory;
  }

  /**
   * Begins to wire.
   *
   * @return a builder
   */
  public static InventoryServiceBuilder builder() {
    return new InventoryServiceBuilder();
  }

  /**
   * Stock in this service's storage.
   *
   * @return reserve, confirm, release, restock
   */
  public InventoryReserver inventory() {
    return inventory;
  }

  /**
   * For operators: holds whose time is watched are sagas here.
   *
   * @return list, explain, retry
   */
  public SagaAdmin admin() {
    return room.engine().admin();
  }

  /**
   * How this process is: whether it works, what is stuck and since when, and counts of what
   * happened. Cheap, and never blocks: fit for a health check that is asked every second.
   *
   * @return the status, the findings, the counters
   */
  public Health health() {
    return room.health();
  }

  /**
   * What the start found that an operator should know.
   *
   * @return sentences that say what to change; empty if all is well
   */
  public List<String> warnings() {
    return room.warnings();
  }

  /**
   * Answers that wait to be published, as last measured.
   *
   * @return rows and the age of the oldest
   */
  public Backlog backlog() {
    return room.relay().backlog();
  }

  /** Drains and stops, and closes the bus; waits up to 10 s. Idempotent. */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Drains and stops, and closes the bus.
   *
   * @param limit how long to wait for what is in flight; then it is handed over. On a thread of the
   *     library (in a consumer, a gateway, a step) this returns at once, and draining goes on
   */
  public void close(Duration limit) {
    room.close(limit);
  }
}
