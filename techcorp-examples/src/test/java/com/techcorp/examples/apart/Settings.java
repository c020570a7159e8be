package com.techcorp.examples.apart;

import com.techcorp.amqp.RabbitOptions;
import com.techcorp.amqp.RequestOptions;
import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.order.InventoryOptions;
import com.techcorp.order.OrderOptions;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the processes agree on: the usual, but faster, so that a test sees the end of it. */
final class Settings {
  static final Duration HOLD = Duration.ofSeconds(6);

  static final RabbitOptions RABBIT =
      RabbitOptions.DEFAULT
          .withWaits(
              List.of(
                  Duration.ofMillis(100),
                  Duration.ofMillis(500),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(2)))
          .withConfirmTimeout(Duration.ofSeconds(2))
          .withWanted(
              Set.of(
                  "payment.confirmed",
                  ReservationAnswer.CONFIRMED.routingKey(),
                  ReservationAnswer.REFUSED.routingKey()));

  static final RequestOptions REQUESTS =
      RequestOptions.DEFAULT.withTimeout(Duration.ofMillis(1_500));

  static final EngineOptions ENGINE =
      EngineOptions.DEFAULT
          .withLease(Duration.ofMillis(1_600))
          .withPollInterval(Duration.ofMillis(100))
          .withCommitThreads(1);

  static final RelayOptions RELAY = RelayOptions.DEFAULT.withPollInterval(Duration.ofMillis(50));

  private static final RetryPolicy RETRY =
      RetryPolicy.doubling(Duration.ofMillis(100), Duration.ofSeconds(1), 1_000);

  static final OrderOptions ORDERS =
      OrderOptions.DEFAULT
          .withHoldTime(HOLD)
          .withGrace(HOLD)
          .withPaymentTimeout(Duration.ofSeconds(3))
          .withPaymentRetry(RETRY)
          .withRefundRetry(RETRY)
          .withInventory(
              InventoryOptions.DEFAULT
                  .withCallTimeout(Duration.ofSeconds(3))
                  .withRetry(RETRY)
                  .withReserveWithin(Duration.ofSeconds(8))
                  .withConfirmWithin(Duration.ofSeconds(4)));

  private Settings() {}

  static Map<String, String> read(String... args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    return options;
  }

  /** A process that dies must not hold locks for longer than its lease. */
  static PostgresStorage storage(String url) {
    return PostgresStorage.builder(pool(url)).timeout(Duration.ofMillis(1_200)).build();
  }

  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(2);
    return new HikariDataSource(config);
  }
}
