package com.techcorp;

import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.EventTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and closes the bus of a process, which is the host's, perhaps: it may throw anything, or
 * never return.
 *
 * @param transport the bus
 * @param context what the process gives it
 */
record HostBus(EventTransport transport, BusContext context) implements AutoCloseable {
  /** Of the front, which hosts know. */
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.TechCorp");

  /** More than our own need, which wait for their consumers and their connections. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  void start() {
    transport.start(context);
  }

  @Override
  public void close() {
    ExecutorService closer = context.threads().pool("techcorp-close-bus", 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(transport::close, closer);
    closer.shutdown();
    if (!context.threads().await(closed, LONGEST_CLOSE)) {
      log.warn(
          "The bus {} is not closed yet: the lease is given up without waiting longer for it",
          transport.getClass().getName());
      return;
    }
    try {
      closed.join();
    } catch (CompletionException e) {
      context.faults().caught(e);
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
