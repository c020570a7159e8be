package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of many streams at once on a few threads, each stream in sequence, an event
 * when the bus lets it pass the one before. A stream stays busy until its published events are
 * taken and removed from the outbox, so that this process does not publish them twice. A consumer
 * that hangs costs its thread, and its stream, but does not stop the rest. Thread-safe.
 */
final class StreamPublisher implements EventChain.Owner, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamPublisher.class);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final BusAccess access;
  private final Supplier<@Nullable Fence> lease;
  private final ExpectedStreams expected;
  private final OutboxCleaner cleaner;
  private final Threads threads;
  private final BusyStreams busy;
  private volatile boolean stopped;

  /**
   * @param expected streams that a page is not to begin
   * @param cleaner where published events go
   * @param onRoom called when there is work again
   */
  StreamPublisher(
      EventTransport bus,
      Supplier<@Nullable Fence> lease,
      RelayOptions options,
      ExpectedStreams expected,
      OutboxCleaner cleaner,
      BusHealth busHealth,
      RelayWatch watch,
      Runnable onRoom,
      Threads threads) {
    PipelinedBus pipelined = bus instanceof PipelinedBus keepsOrder ? keepsOrder : null;
    ExecutorService workers = threads.pool("techcorp-relay-worker", options.threads());
    this.access = new BusAccess(bus, pipelined, workers, busHealth, watch);
    this.lease = lease;
    this.expected = expected;
    this.cleaner = cleaner;
    this.threads = threads;
    this.busy = new BusyStreams(watch, 2 * options.batch(), onRoom);
  }

  /**
   * Begins to publish what was just committed, from memory, except of streams that are under way.
   *
   * @param events each stream's by sequence, the first being the next that is to be published
   * @param at when the storage wrote them
   * @param fence the lease under which they are held
   */
  void begin(Collection<List<Publish>> events, Instant at, Fence fence) {
    List<EventChain> chains = new ArrayList<>(events.size());
    for (List<Publish> ofStream : events) {
      Publish last = ofStream.get(ofStream.size() - 1);
      EventChain chain =
          new EventChain(
              access,
              this,
              last.orderingKey(),
              last.sequence(),
              () -> ofStream.stream().map(event -> event.at(at)).toList(),
              fence,
              true);
      if (busy.reserve(chain)) {
        chains.add(chain);
      }
    }
    // One task, because the committing thread has others waiting.
    ExecutorService workers = access.workers();
    if (access.pipelined() == null) {
      workers.execute(() -> chains.forEach(workers::execute));
    } else {
      workers.execute(() -> chains.forEach(EventChain::run)); // which does not block
    }
  }

  /**
   * Reads a page and begins to publish it, except of streams that are under way or expected.
   *
   * @param read gives events, each stream's together and by sequence, the first being the next that
   *     is to be published
   * @param fence the lease under which they are held; without it chains end early
   * @return the page
   */
  List<Event> begin(Supplier<List<Event>> read, Fence fence) {
    Map<EventStream, Integer> gone = busy.readsPage();
    List<Event> page = read.get();
    for (List<Event> ofStream : byStream(page, Event::orderingKey)) {
      begin(ofStream, gone, fence);
    }
    busy.pageIsRead();
    return page;
  }

  private void begin(List<Event> events, Map<EventStream, Integer> gone, Fence fence) {
    Event last = events.get(events.size() - 1);
    EventChain chain =
        new EventChain(
            access,
            this,
            last.orderingKey(),
            last.sequence(),
            () -> after(gone.getOrDefault(last.orderingKey(), EventChain.NONE), events),
            fence,
            false);
    // In this sequence: what is expected no longer is under way, or has gone meanwhile.
    if (!expected.stepOver(chain.stream(), chain.last()) && busy.reserve(chain)) {
      access.workers().execute(chain);
    }
  }

  /** Returns the events without those removed from the outbox after the page was read. */
  private static List<Event> after(int sequence, List<Event> events) {
    return events.stream().filter(event -> event.sequence() > sequence).toList();
  }

  BusyStreams busy() {
    return busy;
  }

  @Override
  public boolean mayPublish(Fence fence) {
    return !stopped && fence.equals(lease.get());
  }

  @Override
  public void abandoned(EventChain chain) {
    busy.abandoned(chain);
  }

  @Override
  public void taken(EventStream stream, List<Event> events) {
    cleaner.add(stream, events);
  }

  @Override
  public void tookNothing(EventStream stream) {
    busy.release(stream);
  }

  static <T> Collection<List<T>> byStream(List<T> events, Function<T, EventStream> stream) {
    Map<EventStream, List<T>> byStream = new LinkedHashMap<>();
    for (T event : events) {
      byStream.computeIfAbsent(stream.apply(event), id -> new ArrayList<>(4)).add(event);
    }
    return byStream.values();
  }

  /** Waits for the consumers that are at work; nothing begins any more. */
  @Override
  public void close() {
    stopped = true;
    CompletableFuture<Void> ended = busy.ended();
    PipelinedBus pipelined = access.pipelined();
    boolean inside = pipelined != null && pipelined.isInsideAHandler();
    if (!inside && !threads.await(ended, GRACE)) {
      // Not interrupted: a message that is being sent would become ambiguous.
      log.warn(
          "Consumers are still at work on some of {} streams; what they finish now may be delivered"
              + " again",
          busy.count());
    }
    access.workers().shutdown();
  }
}
