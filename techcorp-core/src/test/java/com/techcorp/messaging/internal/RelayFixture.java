package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.messaging.OutboxFake;
import com.techcorp.messaging.RelayOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A relay between fakes. */
abstract class RelayFixture {
  static final String TYPE = "order.confirmed";
  static final RelayOptions PATIENT =
      RelayOptions.DEFAULT
          .withTimes(Duration.ofSeconds(60), Duration.ofSeconds(20))
          .withBatch(10)
          .withBounds(3, Duration.ofHours(1));

  final OutboxFake outbox = new OutboxFake();
  final BusFake bus = new BusFake();
  Relay relay = new Relay(outbox, bus, PATIENT, new OwnThreads());

  @AfterEach
  void stop() {
    relay.close();
  }

  void relayWith(RelayOptions options) {
    relay.close();
    relay = new Relay(outbox, bus, options, new OwnThreads());
  }

  void add(int order, int events) {
    for (int sequence = 1; sequence <= events; sequence++) {
      outbox.add(order, sequence, TYPE);
    }
  }

  static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
