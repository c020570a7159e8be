package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.techcorp.InProcessEventBus;
import com.techcorp.InventoryService;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerFault;
import com.techcorp.testkit.fault.PeerScenario;
import com.techcorp.testkit.fault.PeerSweep;
import com.techcorp.testkit.fault.PeerSweep.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that misbehaves in each way at each frame. */
@Timeout(value = 3_000, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitSweepIT {
  private static final Duration HASTE = Duration.ofMillis(400);
  private static final Duration LATENESS = Duration.ofMillis(1_000);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_A_TIME = 8;

  /** Of how many points one is played in a build; all are in the soak. */
  private static final int ONE_OF = 25;

  /** They grow with what is said, and must not shrink unseen. */
  private static final int LEAST_POINTS = 400;

  private static PeerSweep sweep(BiFunction<TestBroker, Boolean, PeerScenario> scenario) {
    // The first play finds the points: no time-out may come between.
    AtomicBoolean hasty = new AtomicBoolean();
    return PeerSweep.of(() -> scenario.apply(TestBroker.shared(), hasty.getAndSet(true)));
  }

  private static FaultyPeer peer() {
    return FaultyPeer.amqp("127.0.0.1", RabbitServer.shared().port(), LATENESS);
  }

  private static RabbitOptions inHaste(RabbitOptions options, boolean hasty) {
    return options
        .withWaits(List.of(Duration.ofMillis(20)))
        .withConfirmTimeout(hasty ? HASTE : PATIENCE)
        .withTopologyCheck(hasty ? HASTE : PATIENCE);
  }

  /** Events of which one is handled at the second attempt. */
  private static final class Events extends BrokerScenario {
    private static final int COUNT = 4;

    private final boolean hasty;
    private final String consumer;
    private final List<Event> events =
        Stream.generate(() -> event(CONFIRMED)).limit(COUNT).toList();
    private final Set<Event> taken = new HashSet<>();
    private final List<Event> handled = new CopyOnWriteArrayList<>();
    private @Nullable RabbitEventBus connected;
    private boolean subscribed;

    Events(TestBroker broker, boolean hasty) {
      super(broker, RabbitSweepIT.peer());
      this.hasty = hasty;
      this.consumer = broker.consumer("reader");
    }

    @Override
    void begin() {
      connected = throughPeer().connect(inHaste(broker.options, hasty));
      tryOn();
    }

    @Override
    void tryOn() {
      RabbitEventBus bus = Objects.requireNonNull(connected);
      if (!subscribed) {
        try {
          bus.subscribe(new Subscription(consumer, Set.of(CONFIRMED), this::handle));
          subscribed = true;
        } catch (WiringException e) {
          return; // refused: the host tries again
        }
      }
      for (Event event : events) {
        if (!taken.contains(event) && TestEvents.taken(bus, event)) {
          taken.add(event);
        }
      }
    }

    private void handle(Event event) {
      handled.add(event);
      if (event.equals(events.get(1)) && Collections.frequency(handled, event) == 1) {
        throw new IllegalStateException("not now");
      }
    }

    @Override
    boolean isDone() {
      return taken.size() == COUNT
          && handled.containsAll(events)
          && Collections.frequency(handled, events.get(1)) >= 2;
    }

    @Override
    void end() {
      if (connected != null) {
        connected.close();
      }
    }

    @Override
    public void verify(@Nullable PeerFault fault) {
      assertThat(handled).containsAll(events);
      if (fault == null) {
        assertThat(handled).hasSize(COUNT + 1);
      }
      String dead = Topology.of(inHaste(broker.options, false)).dead(consumer);
      assertThat(messages(dead)).as("dead letters").isZero();
    }

    private long messages(String queue) {
      try {
        return broker.with(channel -> channel.messageCount(queue));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Calls to an inventory elsewhere, on both of whose sides the peer stands. */
  private static final class Calls extends BrokerScenario {
    private static final UUID PRODUCT = UUID.randomUUID();
    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID TOKEN = UUID.randomUUID();

    private final MemoryStorage storage = MemoryStorage.create();
    private final InventoryService inventory =
        InventoryService.builder()
            .storage(storage)
            .events(new InProcessEventBus(storage.inbox()))
            .start();
    private final InventoryReserver stock = inventory.inventory();
    private final boolean hasty;
    private @Nullable InventoryServer server;
    private @Nullable RemoteInventoryReserver connected;
    private int done;

    Calls(TestBroker broker, boolean hasty) {
      super(broker, RabbitSweepIT.peer());
      this.hasty = hasty;
      stock.restock(PRODUCT, 10);
    }

    @Override
    void begin() {
      RabbitOptions options = inHaste(broker.options, hasty);
      RequestOptions requests = RequestOptions.DEFAULT.withTimeout(hasty ? HASTE : PATIENCE);
      server = InventoryServer.serve(stock, throughPeer().uri(), options, requests);
      if (!hasty) {
        // The play that is recorded has no request that comes back because nobody serves yet.
        await().atMost(PATIENCE).until(() -> isServed(Topology.of(options).requests()));
      }
      connected = RemoteInventoryReserver.connect(throughPeer().uri(), options, requests);
    }

    private boolean isServed(String queue) throws Exception {
      try {
        return broker.with(channel -> channel.consumerCount(queue)) > 0;
      } catch (IOException e) {
        assertThat(BrokerRefusals.code(e)).isEqualTo(AMQP.NOT_FOUND);
        return false;
      }
    }

    @Override
    void tryOn() {
      RemoteInventoryReserver client = Objects.requireNonNull(connected);
      List<Runnable> calls =
          List.of(
              () ->
                  client.reserve(
                      ORDER, TOKEN, List.of(new StockLine(PRODUCT, 3)), Duration.ofHours(1)),
              () -> client.confirm(ORDER, TOKEN),
              () -> assertThat(client.levels(List.of(PRODUCT))).hasSize(1));
      try {
        while (done < calls.size()) {
          calls.get(done).run();
          done++;
        }
      } catch (UnavailableException e) {
        // It is asked again, as the message says.
        assertThat(e.getMessage()).isNotBlank();
      }
    }

    @Override
    boolean isDone() {
      return done == 3;
    }

    @Override
    void end() {
      if (connected != null) {
        connected.close();
      }
      if (server != null) {
        server.close();
      }
    }

    @Override
    void free() {
      inventory.close();
    }

    @Override
    public void verify(@Nullable PeerFault fault) {
      assertThat(stock.levels(List.of(PRODUCT))).containsValue(new StockLevel(PRODUCT, 7, 0));
    }
  }

  @Test
  @DisplayName("S2, S9: whatever a broker does at any frame, each event is handled, none is dead")
  void eachEventIsHandled() {
    sampled("events", sweep(Events::new));
  }

  @Test
  @DisplayName("S2, S12: whatever a broker does at any frame, each call has its effect once")
  void eachCallHasItsEffectOnce() {
    sampled("calls to an inventory", sweep(Calls::new));
  }

  @Test
  @Tag("soak")
  @DisplayName("S2, S9: the same at every frame")
  void eachEventIsHandledAtEveryFrame() {
    whole("events", sweep(Events::new));
  }

  @Test
  @Tag("soak")
  @DisplayName("S2, S12: the same at every frame")
  void eachCallHasItsEffectOnceAtEveryFrame() {
    whole("calls to an inventory", sweep(Calls::new));
  }

  private static void whole(String what, PeerSweep sweep) {
    List<Point> points = sweep.points();
    System.out.printf("RabbitMQ, %s: all %d points swept%n", what, points.size());
    sweep.playAll(points, AT_A_TIME);
  }

  private static void sampled(String what, PeerSweep sweep) {
    List<Point> points = new ArrayList<>(sweep.points());
    assertThat(points).hasSizeGreaterThanOrEqualTo(LEAST_POINTS);
    assertThat(points).extracting(Point::fault).contains(PeerFault.values());
    assertThat(points)
        .extracting(Point::crossing)
        .contains("connect", "protocol", "queue.declare #2", "basic.publish", "header", "body")
        .contains("from the server: basic.deliver", "from the server: basic.ack", "basic.ack");
    long seed = Long.getLong("seed", System.nanoTime());
    Collections.shuffle(points, new Random(seed));
    List<Point> drawn = points.subList(0, points.size() / ONE_OF);
    System.out.printf(
        "RabbitMQ, %s: %d of %d points swept, seed %d%n", what, drawn.size(), points.size(), seed);
    sweep.playAll(drawn, AT_A_TIME);
  }

  @Test
  void theSweepFindsAConsumerThatAcknowledgesBeforeItHandles() {
    PeerSweep sweep = sweep(Forgetful::new);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(sweep::points)
        .withMessageContaining("without a fault");
  }

  /** Says that all is done when it was taken. */
  private static final class Forgetful extends BrokerScenario {
    private final Events events;

    Forgetful(TestBroker broker, boolean hasty) {
      super(broker, RabbitSweepIT.peer());
      this.events = new Events(broker, hasty);
    }

    @Override
    void begin() {}

    @Override
    void tryOn() {}

    @Override
    boolean isDone() {
      return true;
    }

    @Override
    void end() {
      events.end();
    }

    @Override
    public void verify(@Nullable PeerFault fault) {
      events.verify(fault);
    }
  }
}
