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
import java.util.concurrent.ConcurrentHashMap;
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
final class StreamPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamPublisher.class);

  /** Less than the sequence of any event. */
  static final int NONE = -1;

  private static final Duration GRACE = Duration.ofSeconds(10);

  // Used by its chains, too.
  final EventTransport bus;
  final @Nullable PipelinedBus pipelined;
  private final Supplier<@Nullable Fence> lease;
  final BusHealth busHealth;
  final RelayWatch watch;
  private final Threads threads;
  final ExecutorService workers;
  private final ExpectedStreams expected;
  final OutboxCleaner cleaner;
  private final Runnable onRoom;
  private final int most;
  private final Map<EventStream, EventChain> busy = new ConcurrentHashMap<>();

  /** While a page is being read: how far the streams go that end meanwhile. */
  private volatile @Nullable Map<EventStream, Integer> goneMeanwhile;

  private volatile boolean full;
  private volatile boolean stopped;

  /**
   * @param expected streams that a page is not to begin
   * @param cleaner where published events go
   * @param onRoom called when there is work again: room after {@link #isFull}, or a stream whose
   *     later events had to wait
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
    this.bus = bus;
    this.pipelined = bus instanceof PipelinedBus keepsOrder ? keepsOrder : null;
    this.lease = lease;
    this.expected = expected;
    this.cleaner = cleaner;
    this.busHealth = busHealth;
    this.watch = watch;
    this.onRoom = onRoom;
    this.most = 2 * options.batch();
    this.threads = threads;
    this.workers = threads.pool("techcorp-relay-worker", options.threads());
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
              this,
              last.orderingKey(),
              last.sequence(),
              () -> ofStream.stream().map(event -> event.at(at)).toList(),
              fence,
              true);
      if (reserve(chain)) {
        chains.add(chain);
      }
    }
    // One task, because the committing thread has others waiting.
    if (pipelined == null) {
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
    Map<EventStream, Integer> gone = new ConcurrentHashMap<>();
    goneMeanwhile = gone;
    List<Event> page = read.get();
    for (List<Event> ofStream : byStream(page, Event::orderingKey)) {
      begin(ofStream, gone, fence);
    }
    goneMeanwhile = null;
    return page;
  }

  private void begin(List<Event> events, Map<EventStream, Integer> gone, Fence fence) {
    Event last = events.get(events.size() - 1);
    EventChain chain =
        new EventChain(
            this,
            last.orderingKey(),
            last.sequence(),
            () -> after(gone.getOrDefault(last.orderingKey(), NONE), events),
            fence,
            false);
    // In this sequence: what is expected no longer is under way, or has gone meanwhile.
    if (!expected.stepOver(chain.stream(), chain.last()) && reserve(chain)) {
      workers.execute(chain);
    }
  }

  /** Returns the events without those removed from the outbox after the page was read. */
  private static List<Event> after(int sequence, List<Event> events) {
    return events.stream().filter(event -> event.sequence() > sequence).toList();
  }

  private boolean reserve(EventChain chain) {
    EventChain before = busy.putIfAbsent(chain.stream(), chain);
    if (before == null) {
      watch.watch(chain.stay());
      return true;
    }
    if (chain.last() > before.last()) {
      follows(before);
    }
    return false;
  }

  boolean mayPublish(Fence fence) {
    return !stopped && fence.equals(lease.get());
  }

  /** Its thread does not come back: another one begins again with what it has not removed. */
  void abandoned(EventChain chain) {
    if (busy.remove(chain.stream(), chain)) {
      onRoom.run();
    }
  }

  private void follows(EventChain chain) {
    chain.follow();
    if (busy.get(chain.stream()) != chain) {
      onRoom.run(); // it ended before it could know
    }
  }

  /**
   * A page was left to a commit, which has returned: what came from it is under way, unless nothing
   * was handed over.
   *
   * @param last the stream's last event in that page
   */
  void steppedOver(EventStream stream, int last) {
    EventChain chain = busy.get(stream);
    if (chain == null) {
      onRoom.run();
    } else if (last > chain.last()) {
      follows(chain);
    }
  }

  /** A page ended within this stream, perhaps. */
  void mayGoOn(EventStream stream) {
    EventChain chain = busy.get(stream);
    if (chain == null) {
      onRoom.run();
    } else {
      follows(chain);
    }
  }

  static <T> Collection<List<T>> byStream(List<T> events, Function<T, EventStream> stream) {
    Map<EventStream, List<T>> byStream = new LinkedHashMap<>();
    for (T event : events) {
      byStream.computeIfAbsent(stream.apply(event), id -> new ArrayList<>(4)).add(event);
    }
    return byStream.values();
  }

  /**
   * Releases a stream whose published events are removed from the outbox, or that published
   * nothing.
   */
  void release(EventStream stream) {
    EventChain chain = busy.get(stream);
    Map<EventStream, Integer> gone = goneMeanwhile;
    if (chain != null && gone != null) {
      gone.put(stream, chain.lastTaken());
    }
    busy.remove(stream);
    if (full && busy.size() <= most / 2) {
      full = false;
      onRoom.run();
    } else if (chain != null && chain.isFollowed()) {
      onRoom.run();
    }
  }

  /** Returns whether too much is under way to start more. */
  boolean isFull() {
    if (busy.size() >= most) {
      full = true;
      // It may have emptied before it was marked as full.
      return busy.size() > most / 2;
    }
    return false;
  }

  /** Returns how many streams are busy. */
  int underWay() {
    return busy.size();
  }

  /** Waits for the consumers that are at work; nothing begins any more. */
  @Override
  public void close() {
    stopped = true;
    CompletableFuture<?>[] ends =
        busy.values().stream().map(EventChain::ended).toArray(CompletableFuture[]::new);
    boolean inside = pipelined != null && pipelined.isInsideAHandler();
    if (!inside && !threads.await(CompletableFuture.allOf(ends), GRACE)) {
      // Not interrupted: a message that is being sent would become ambiguous.
      log.warn(
          "Consumers are still at work on some of {} streams; what they finish now may be delivered"
              + " again",
          busy.size());
    }
    workers.shutdown();
  }
}
