package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.messaging.NoBacklog;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.OutboxFake;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A relay between fakes. */
abstract class RelayFixture {
  static final String TYPE = "order.confirmed";
  static final Fence OURS = new Fence(1, 1);
  static final int ANOTHER = 2;
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final RelayOptions PATIENT =
      RelayOptions.DEFAULT
          .withPollInterval(Duration.ofSeconds(20))
          .withBatch(10)
          .withMaxEvents(3)
          .withMaxAge(Duration.ofHours(1));

  final OutboxFake outbox = new OutboxFake();
  final BusFake bus = new BusFake();
  volatile @Nullable Fence lease = OURS;
  Relay relay = relay(PATIENT);

  private Relay relay(RelayOptions options) {
    return new Relay(
        outbox, new NoBacklog(), bus, () -> lease, options, new FaultBoundary(), new OwnThreads());
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  void relayWith(RelayOptions options) {
    relay.close();
    relay = relay(options);
  }

  /** Events that were left. */
  void add(int order, int events) {
    for (int sequence = 1; sequence <= events; sequence++) {
      outbox.add(order, sequence, TYPE);
    }
  }

  /** Events that this process commits. */
  List<Publish> commit(int order, int from, int to) {
    List<Publish> events = new ArrayList<>();
    for (int sequence = from; sequence <= to; sequence++) {
      events.add(outbox.add(order, sequence, TYPE, OURS.node()));
    }
    return events;
  }

  /** A pass, and what it began has come to its end. */
  RelaySchedule.Ending pass() {
    RelaySchedule.Ending pass = relay.pass();
    settled();
    return pass;
  }

  /** With a limit that a busy machine does not reach. */
  static ConditionFactory eventually() {
    return Awaitility.await().atMost(LIMIT);
  }

  void settled() {
    eventually().until(() -> relay.underWay() == 0);
  }

  static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
