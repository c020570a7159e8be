package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.messaging.spi.Publication;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of many streams at once on a few threads, each stream in sequence, an event
 * when the bus lets it pass the one before. A stream stays busy until what was published of it is
 * taken and removed from the outbox, so that nobody here publishes it twice. A consumer that hangs
 * costs its thread, and its stream, but does not stop the rest. Thread-safe.
 */
final class StreamPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamPublisher.class);

  /** Less than the sequence of any event. */
  private static final int NONE = -1;

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final EventTransport bus;
  private final @Nullable PipelinedBus pipelined;
  private final Supplier<@Nullable Fence> lease;
  private final BusHealth answers;
  private final RelayWatch watch;
  private final Threads threads;
  private final ExecutorService workers;
  private final ExpectedStreams expected;
  private final OutboxCleaner removal;
  private final Runnable onRoom;
  private final int most;
  private final Map<EventStream, Chain> busy = new ConcurrentHashMap<>();

  /** While a page is being read: how far the streams go that end meanwhile. */
  private volatile @Nullable Map<EventStream, Integer> goneMeanwhile;

  private volatile boolean full;
  private volatile boolean stopped;

  /**
   * @param expected streams that a page is not to begin
   * @param removal where published events go
   * @param onRoom called when there is work again: room after {@link #isFull}, or a stream whose
   *     later events had to wait
   */
  StreamPublisher(
      EventTransport bus,
      Supplier<@Nullable Fence> lease,
      RelayOptions options,
      ExpectedStreams expected,
      OutboxCleaner removal,
      BusHealth answers,
      RelayWatch watch,
      Runnable onRoom,
      Threads threads) {
    this.bus = bus;
    this.pipelined = bus instanceof PipelinedBus keepsOrder ? keepsOrder : null;
    this.lease = lease;
    this.expected = expected;
    this.removal = removal;
    this.answers = answers;
    this.watch = watch;
    this.onRoom = onRoom;
    this.most = 2 * options.batch();
    this.threads = threads;
    this.workers = threads.pool("techcorp-relay-worker", options.threads());
  }

  /** Some events of one stream, without a gap, and how far they were published and taken. */
  private final class Chain implements Runnable {
    private final EventStream stream;
    private final int last;
    private final Supplier<List<Event>> source;
    private final Fence fence;
    private final boolean fresh;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final RelayWatch.Stay stay;
    private List<Event> events = List.of();

    /** Of each event that was published, whether it may leave the outbox. */
    private final List<CompletableFuture<Boolean>> published = new ArrayList<>(2);

    private int taken;
    private volatile boolean followed;
    private volatile boolean abandoned;

    /**
     * @param fresh whether they were just committed, and begin with the stream's first
     */
    Chain(EventStream stream, int last, Supplier<List<Event>> source, Fence fence, boolean fresh) {
      this.stream = stream;
      this.last = last;
      this.source = source;
      this.fence = fence;
      this.fresh = fresh;
      this.stay = RelayWatch.of(stream, this::abandon);
    }

    @Override
    public void run() {
      watch.pause(stay);
      try {
        events = source.get();
      } catch (Throwable e) {
        answers.refused(stream, e);
      }
      if (pipelined == null) {
        publish();
      } else {
        publish(pipelined);
      }
    }

    /** All at once; the end comes on a thread of the bus, and only hands on. */
    private void publish(PipelinedBus keepsOrder) {
      if (events.isEmpty() || !mayPublish()) {
        end();
        return;
      }
      CompletableFuture<Integer> answer;
      watch.enter(stay, "giving events to the bus");
      try {
        answer = keepsOrder.publish(events, fresh);
      } catch (Throwable e) {
        answer = CompletableFuture.failedFuture(e);
      } finally {
        watch.pause(stay);
      }
      answer.whenComplete(this::ended);
    }

    private void ended(@Nullable Integer count, @Nullable Throwable failure) {
      if (failure != null) {
        answers.refused(stream, failure);
      } else {
        taken = count == null ? 0 : count;
        if (taken < events.size()) {
          answers.refused();
        } else {
          answers.took();
        }
      }
      end();
    }

    /** Until an answer has to be waited for, which holds no thread. */
    private void publish() {
      try {
        while (published.size() < events.size() && mayPublish()) {
          Publication offered = offer(events.get(published.size()));
          if (!offered.passed().isDone()) {
            offered.passed().whenComplete((passed, failure) -> goOn(() -> answered(offered)));
            return;
          }
          if (!hasPassed(offered)) {
            break;
          }
        }
      } catch (Throwable e) {
        answers.refused(stream, e);
      }
      endWhenTaken();
    }

    private Publication offer(Event event) {
      watch.enter(stay, "giving an event to the bus");
      try {
        return bus.offer(event);
      } finally {
        watch.pause(stay);
      }
    }

    /** Not on the thread of the bus, which has other answers to read. */
    private void goOn(Runnable next) {
      watch.expect(stay, "the next work");
      try {
        workers.execute(
            () -> {
              watch.pause(stay);
              next.run();
            });
      } catch (RejectedExecutionException e) {
        end(); // closed meanwhile: what the bus took is published again by whoever relays next
      }
    }

    private void answered(Publication offered) {
      boolean passed = false;
      try {
        passed = hasPassed(offered);
      } catch (Throwable e) {
        answers.refused(stream, e);
      }
      if (passed) {
        publish();
      } else {
        endWhenTaken();
      }
    }

    private boolean hasPassed(Publication offered) {
      boolean passed = offered.passed().join();
      if (passed) {
        published.add(offered.taken());
        answers.took();
      } else {
        answers.refused();
      }
      return passed;
    }

    private void endWhenTaken() {
      CompletableFuture<Void> all =
          CompletableFuture.allOf(published.toArray(CompletableFuture[]::new));
      if (all.isDone()) {
        countTaken();
        return;
      }
      watch.expect(stay, "keeping events");
      all.whenComplete((done, failure) -> goOn(this::countTaken));
    }

    /** What is behind one that was not taken is published again after it. */
    private void countTaken() {
      try {
        while (taken < published.size() && published.get(taken).join()) {
          taken++;
        }
        if (taken < published.size()) {
          answers.refused();
        }
      } catch (Throwable e) {
        answers.refused(stream, e);
      }
      end();
    }

    /** Its thread does not come back: another one begins again with what it has not removed. */
    private void abandon() {
      abandoned = true;
      if (busy.remove(stream, this)) {
        onRoom.run();
      }
    }

    private boolean mayPublish() {
      return !stopped && !abandoned && fence.equals(lease.get());
    }

    private int lastTaken() {
      return taken == 0 ? NONE : events.get(taken - 1).sequence();
    }

    private void end() {
      watch.leave(stay);
      if (abandoned) {
        log.debug("The work on {} was given to another thread meanwhile", stream);
      } else if (taken == 0) {
        release(stream);
      } else {
        removal.add(stream, events.subList(0, taken));
      }
      end.complete(null);
    }
  }

  /**
   * Begins to publish what was just committed, from memory, except of streams that are under way.
   *
   * @param events each stream's by sequence, the first being the next that is to be published
   * @param at when the storage wrote them
   * @param fence the lease under which they are held
   */
  void begin(Collection<List<Publish>> events, Instant at, Fence fence) {
    List<Chain> chains = new ArrayList<>(events.size());
    for (List<Publish> ofStream : events) {
      Publish last = ofStream.get(ofStream.size() - 1);
      Chain chain =
          new Chain(
              last.orderingKey(),
              last.sequence(),
              () -> ofStream.stream().map(event -> event.at(at)).toList(),
              fence,
              true);
      if (reserve(chain)) {
        chains.add(chain);
      }
    }
    // One task: whoever has just committed has others waiting.
    if (pipelined == null) {
      workers.execute(() -> chains.forEach(workers::execute));
    } else {
      workers.execute(() -> chains.forEach(Chain::run)); // which does not block
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
    Chain chain =
        new Chain(
            last.orderingKey(),
            last.sequence(),
            () -> after(gone.getOrDefault(last.orderingKey(), NONE), events),
            fence,
            false);
    // In this sequence: what is expected no longer is under way, or has gone meanwhile.
    if (!expected.stepOver(chain.stream, chain.last) && reserve(chain)) {
      workers.execute(chain);
    }
  }

  /** Without what was removed from the outbox when the page was already read. */
  private static List<Event> after(int sequence, List<Event> events) {
    return events.stream().filter(event -> event.sequence() > sequence).toList();
  }

  private boolean reserve(Chain chain) {
    Chain before = busy.putIfAbsent(chain.stream, chain);
    if (before == null) {
      watch.watch(chain.stay);
      return true;
    }
    if (chain.last > before.last) {
      follows(before);
    }
    return false;
  }

  private void follows(Chain chain) {
    chain.followed = true;
    if (busy.get(chain.stream) != chain) {
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
    Chain chain = busy.get(stream);
    if (chain == null) {
      onRoom.run();
    } else if (last > chain.last) {
      follows(chain);
    }
  }

  /** A page ended within this stream, perhaps. */
  void mayGoOn(EventStream stream) {
    Chain chain = busy.get(stream);
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

  /** What was published of a stream is removed from the outbox, or nothing was. */
  void release(EventStream stream) {
    Chain chain = busy.get(stream);
    Map<EventStream, Integer> gone = goneMeanwhile;
    if (chain != null && gone != null) {
      gone.put(stream, chain.lastTaken());
    }
    busy.remove(stream);
    if (full && busy.size() <= most / 2) {
      full = false;
      onRoom.run();
    } else if (chain != null && chain.followed) {
      onRoom.run();
    }
  }

  /** Whether so much is under way that no more should be begun. */
  boolean isFull() {
    if (busy.size() >= most) {
      full = true;
      // It may have emptied before it was marked as full.
      return busy.size() > most / 2;
    }
    return false;
  }

  /** How many streams are busy. */
  int underWay() {
    return busy.size();
  }

  /** Waits for the consumers that are at work; nothing begins any more. */
  @Override
  public void close() {
    stopped = true;
    CompletableFuture<?>[] ends =
        busy.values().stream().map(chain -> chain.end).toArray(CompletableFuture[]::new);
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
