package com.techcorp.contracts;

import com.techcorp.InProcessEventBus;
import com.techcorp.InventoryService;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stock in a storage of its own, in this process: an inventory behind a bus of its own, linked to
 * the buses of the shops. It opens at its first use.
 */
public final class RemoteInventory implements InventoryTopology {
  private static final Duration LEASE = Duration.ofDays(30);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Storage storage;
  private final InProcessEventBus bus;
  private final List<EventTransport> shops = new CopyOnWriteArrayList<>();
  private final List<Event> onTheirWay = new CopyOnWriteArrayList<>();

  /** What stands between a shop and the inventory; asked for each shop that opens. */
  UnaryOperator<InventoryReserver> wire = inventory -> inventory;

  /** Types of events that stay on their way until {@link #deliver}. */
  final Set<String> slow = ConcurrentHashMap.newKeySet();

  /** What it counts its stock in; set before it opens. */
  @Nullable StockCounter counters;

  private @Nullable InventoryService service;

  /**
   * An inventory that orders call directly.
   *
   * @param storage the stock's, on the same clock as the orders'
   */
  public RemoteInventory(Storage storage) {
    this.storage = storage;
    this.bus =
        new InProcessEventBus(
            storage.inbox(), RetryPolicy.every(Duration.ofMillis(10), Integer.MAX_VALUE));
  }

  /**
   * An inventory that orders call over a wire.
   *
   * @param storage the stock's, on the same clock as the orders'
   * @param wire what the orders call, given the inventory itself
   */
  public RemoteInventory(Storage storage, UnaryOperator<InventoryReserver> wire) {
    this(storage);
    this.wire = wire;
  }

  private synchronized InventoryService service() {
    InventoryService open = service;
    if (open == null) {
      Set<String> answers =
          Arrays.stream(ReservationAnswer.values())
              .map(ReservationAnswer::routingKey)
              .collect(Collectors.toSet());
      bus.subscribe(new Subscription("to-orders", answers, this::toOrders));
      InventoryService.Builder builder =
          InventoryService.builder()
              .storage(storage)
              .events(bus)
              .engine(EngineOptions.DEFAULT.withLease(LEASE).withPollInterval(POLL))
              .relay(RelayOptions.DEFAULT.withPollInterval(POLL));
      if (counters != null) {
        builder.counters(counters);
      }
      open = builder.start();
      service = open;
    }
    return open;
  }

  /** What was on its way arrives now, and what comes later is slow no more. */
  void deliver() {
    slow.clear();
    for (Event event : onTheirWay) {
      arrive(event);
    }
    onTheirWay.clear();
  }

  List<Event> onTheirWay() {
    return onTheirWay;
  }

  /** For a test that arrives late, or twice. */
  void arrive(Event event) {
    if (ReservationAnswer.of(event.type()).isPresent()) {
      toOrders(event);
    } else {
      toInventory(event);
    }
  }

  private boolean isSlow(Event event) {
    return slow.contains(event.type()) && onTheirWay.add(event);
  }

  InventoryReserver inventory() {
    return service().inventory();
  }

  /** A consumer of what the inventory itself publishes. */
  void subscribe(Subscription subscription) {
    service();
    bus.subscribe(subscription);
  }

  private void toOrders(Event event) {
    if (isSlow(event)) {
      return;
    }
    boolean taken = shops.stream().anyMatch(shop -> shop.publish(event).join());
    if (!taken) {
      throw new IllegalStateException("no shop takes the answer yet");
    }
  }

  private void toInventory(Event event) {
    if (!isSlow(event) && !bus.publish(event).join()) {
      throw new IllegalStateException("the inventory does not take the event yet");
    }
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public boolean isApart() {
    return true;
  }

  @Override
  public void wire(TechCorp.Builder shop) {
    shop.inventory(wire.apply(inventory()));
  }

  @Override
  public EventTransport events(EventTransport own) {
    own.subscribe(
        new Subscription(
            "to-inventory",
            Set.of(OrderEventType.PAID.routingKey().orElseThrow()),
            this::toInventory));
    shops.add(own);
    return own;
  }

  @Override
  public synchronized void close() {
    if (service != null) {
      service.close();
    }
  }
}
