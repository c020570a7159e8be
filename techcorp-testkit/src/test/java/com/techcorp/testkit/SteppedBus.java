package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.order.OrderEventType;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A bus within a process, stepped, and consumers of it whose calls are written down. */
final class SteppedBus implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration WAIT = Duration.ofSeconds(1);

  /** So long at the most what a consumer failed on gathers before it is written. */
  static final Duration GATHERING = Duration.ofMillis(250);

  private static final String CONFIRMED = "order.confirmed";
  static final Set<String> WANTED = Set.of(CONFIRMED);

  private final SteppedClock clock = SteppedClock.create();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final Fence node = storage.nodes().register("bus", Duration.ofDays(1));
  private final List<Throwable> fatal = new ArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final UUID order = UUID.randomUUID();
  private final InProcessEventBus bus = start(node, threads);
  private Backlog measured = Backlog.NONE;

  InProcessEventBus start(Fence holder, Threads on) {
    InProcessEventBus started = new InProcessEventBus(storage.inbox(), RetryPolicy.every(WAIT, 3));
    FaultBoundary faults = new FaultBoundary();
    faults.onFatal(fatal::add);
    started.start(
        new BusContext(on, () -> holder, faults, storage.consumerBacklog(), () -> measured));
    return started;
  }

  @Override
  public void close() {
    bus.close();
  }

  SteppedClock clock() {
    return clock;
  }

  SteppedThreads threads() {
    return threads;
  }

  MemoryStorage storage() {
    return storage;
  }

  Fence node() {
    return node;
  }

  List<Throwable> fatal() {
    return fatal;
  }

  List<String> calls() {
    return calls;
  }

  UUID order() {
    return order;
  }

  InProcessEventBus bus() {
    return bus;
  }

  /** What the process has measured last. */
  void measure(Backlog backlog) {
    measured = backlog;
  }

  static Event event(UUID of, int sequence) {
    return new Event(
        UUID.randomUUID(), OrderEventType.streamOf(of), sequence, CONFIRMED, JsonObject.EMPTY);
  }

  List<Event> events(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(sequence -> event(order, sequence)).toList();
  }

  Subscription consumer(String name, Subscription.Handler handler) {
    return new Subscription(
        name,
        WANTED,
        event -> {
          calls.add(name + " " + event.sequence());
          handler.handle(event);
        });
  }

  void subscribe(String name) {
    bus.subscribe(consumer(name, event -> {}));
  }

  void subscribeFailing(String name, int sequence, int times) {
    List<Event> failed = new ArrayList<>();
    bus.subscribe(
        consumer(
            name,
            event -> {
              if (event.sequence() == sequence && failed.size() < times) {
                failed.add(event);
                throw new IllegalStateException("no luck");
              }
            }));
  }

  int publish(List<Event> events, boolean fresh) {
    CompletableFuture<Integer> taken = bus.publish(events, fresh);
    threads.run();
    if (!taken.isDone()) {
      clock.advance(GATHERING);
      threads.run();
    }
    assertThat(taken).isDone();
    return taken.join();
  }

  int publish(Event... events) {
    return publish(List.of(events), true);
  }

  void later(Duration step) {
    clock.advance(step);
    threads.run();
    clock.advance(WAIT);
    threads.run();
  }

  List<Integer> waitingFor(String consumer) {
    return storage.consumerBacklog().list(consumer, 100).stream().map(Event::sequence).toList();
  }

  List<Inbox.DeadLetter> dead(String consumer) {
    return storage.inbox().dead(consumer, 100);
  }
}
