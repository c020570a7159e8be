package com.techcorp.examples.apart;

import com.techcorp.InventoryService;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.amqp.InventoryServer;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.amqp.RemoteInventoryReserver;
import com.techcorp.amqp.RequestOptions;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Stock in a storage of its own, behind a real RabbitMQ: its calls, and all events. */
final class RabbitSite implements InventoryTopology {
  private static final Duration LEASE = Duration.ofDays(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Storage storage;
  private final RabbitOptions options =
      Settings.RABBIT.withPrefix("test." + UUID.randomUUID()).withWaits(List.of());
  private final String uri;
  private final InventoryService service;
  private final InventoryServer server;
  private final RemoteInventoryReserver client;

  /** With names of its own on a broker. */
  RabbitSite(Storage storage, String uri) {
    this.storage = storage;
    this.uri = uri;
    this.service =
        InventoryService.builder()
            .storage(storage)
            .events(RabbitEventBus.connect(uri, options))
            .engine(EngineOptions.DEFAULT.withLease(LEASE).withPollInterval(POLL))
            .relay(RelayOptions.DEFAULT.withPollInterval(POLL))
            .start();
    this.server = InventoryServer.serve(service.inventory(), uri, options, RequestOptions.DEFAULT);
    this.client = RemoteInventoryReserver.connect(uri, options, RequestOptions.DEFAULT);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> client.levels(List.of()).isEmpty());
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
    shop.inventory(client);
  }

  @Override
  public EventTransport events(EventTransport own) {
    return RabbitEventBus.connect(uri, options);
  }

  @Override
  public void close() {
    server.close();
    client.close();
    service.close();
  }
}
