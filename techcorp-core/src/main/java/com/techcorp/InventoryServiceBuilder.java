package com.techcorp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.internal.HoldExpirySaga;
import com.techcorp.inventory.internal.LocalInventoryReserver;
import com.techcorp.inventory.internal.PaidReservations;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.saga.EngineOptions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wires an {@link InventoryService}. Not thread-safe. */
public final class InventoryServiceBuilder {
  private @Nullable Storage storage;
  private @Nullable EventTransport events;
  private EngineOptions engine = EngineOptions.DEFAULT;
  private RelayOptions relay = RelayOptions.DEFAULT;
  private Threads threads = new OwnThreads();
  private String name = "pid " + ProcessHandle.current().pid();

  InventoryServiceBuilder() {}

  /**
   * Where the stock is. Required.
   *
   * @param adapter such as {@code PostgresStorage.on(dataSource)}
   * @return this
   */
  public InventoryServiceBuilder storage(Storage adapter) {
    storage = TechCorpBuilder.once("storage", storage, adapter);
    return this;
  }

  /**
   * Brings {@code payment.confirmed} and takes the answers to it. Required.
   *
   * @param bus one that reaches the orders' processes
   * @return this
   */
  public InventoryServiceBuilder events(EventTransport bus) {
    events = TechCorpBuilder.once("events", events, bus);
    return this;
  }

  /**
   * Sizes and times of the engine. Default: {@link EngineOptions#DEFAULT}.
   *
   * @param options sizes and times
   * @return this
   */
  public InventoryServiceBuilder engine(EngineOptions options) {
    this.engine = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sizes and times of the outbox relay. Default: {@link RelayOptions#DEFAULT}.
   *
   * @param options sizes and times
   * @return this
   */
  public InventoryServiceBuilder relay(RelayOptions options) {
    this.relay = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Where the library's own work runs. Default: daemon threads of its own.
   *
   * @param source gives executors, timers and the monotonic time
   * @return this
   */
  public InventoryServiceBuilder threads(Threads source) {
    this.threads = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * This process's name for operators. Default: its process id.
   *
   * @param process such as host and process id
   * @return this
   */
  public InventoryServiceBuilder name(String process) {
    this.name = Objects.requireNonNull(process, "process");
    return this;
  }

  /**
   * Checks everything, registers this process, and begins to sell what is paid.
   *
   * @return the running service; close it
   * @throws WiringException says what is missing or wrong, and what to change
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
   */
  public InventoryService start() {
    Storage store =
        TechCorpBuilder.required(storage, "storage", "storage(PostgresStorage.on(dataSource))");
    EventTransport bus =
        TechCorpBuilder.required(events, "event bus", "events(RabbitEventBus.connect(…))");
    store.checkReady(engine);
    HoldExpirySaga expiry = new HoldExpirySaga(store.stock());
    EngineRuntime room =
        EngineRuntime.of(
            store,
            store.unitOfWork(),
            bus,
            List.of(expiry.definition()),
            new EngineRuntime.Options(engine, relay, new ObjectMapper(), threads, name));
    room.start(events -> new PaidReservations(room.engine(), store.stock()).subscribeTo(events));
    return new InventoryService(
        room, new LocalInventoryReserver(room.engine(), store.stock(), expiry, order -> false));
  }
}
