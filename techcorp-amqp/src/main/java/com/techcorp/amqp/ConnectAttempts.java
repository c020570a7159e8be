package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts to connect that failed one after the other: how long to wait after each, and what the
 * log is told. For one thread.
 */
final class ConnectAttempts {
  private static final Logger log = LoggerFactory.getLogger(ConnectAttempts.class);
  private static final RetryPolicy WAITS =
      RetryPolicy.doubling(Duration.ofMillis(100), Duration.ofSeconds(5), Integer.MAX_VALUE);

  private final ConnectionFactory factory;
  private final SessionPurpose purpose;
  private final String without;
  private int failures;

  /**
   * @param without what follows while there is no connection, for the log
   */
  ConnectAttempts(ConnectionFactory factory, SessionPurpose purpose, String without) {
    this.factory = factory;
    this.purpose = purpose;
    this.without = without;
  }

  void succeeded() {
    if (failures > 0) {
      log.info("Connected to RabbitMQ again, as {}", purpose.title);
    }
    failures = 0;
  }

  /** Returns how long to wait before the next attempt. */
  Duration failed() {
    failures++;
    return WAITS.waitAfter(failures);
  }

  /** Tells the log of an attempt that failed. */
  void tell(Throwable failure, Duration wait) {
    if (failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof ShutdownSignalException) {
      log.warn(
          "No connection to RabbitMQ, {}; next attempt in {}: {}",
          without,
          wait,
          Connections.secrets(factory).reason(failure));
    } else {
      log.error(
          "No connection to RabbitMQ, {}; next attempt in {}; what makes connections threw",
          without,
          wait,
          Connections.secrets(factory).safe(failure));
    }
  }
}
