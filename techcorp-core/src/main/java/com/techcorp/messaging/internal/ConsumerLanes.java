package com.techcorp.messaging.internal;

import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.Health;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.Delivery.Publication;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a bus's consumers, while their process runs, and what all of them share: the clock
 * for time-outs, and the one thread that reads and writes backlogs. That it is one thread matters:
 * nothing that was read is written before it is taken. Thread-safe.
 */
public final class ConsumerLanes implements PipelinedBus, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsumerLanes.class);

  /**
   * The poll interval for backlogs whose holder is gone and for events that became due elsewhere.
   */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Far longer than a storage that answers at all takes; it is asked every second. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LONGEST_TICK = Duration.ofMillis(250);
  private static final long WAKE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A wait may grow by this fraction, so that one read serves many waits. */
  private static final int WAIT_TO_GRID = 8;

  private final RetryPolicy retries;
  private final BusContext context;
  private final ScheduledExecutorService clock;
  private final BacklogWriter writer;
  private final ConsumerCounts counts;
  private final RateLimitedLog limitedLog;
  private final List<ConsumerLane> lanes = new CopyOnWriteArrayList<>();

  /** The times of the next reads of the backlog, monotonic. */
  private final TreeSet<Long> wakes = new TreeSet<>();

  private volatile boolean closed;
  private volatile ScheduledExecutorService storage;

  /** The time at which the storage thread last returned, monotonic. */
  private volatile long storageSeen;

  /**
   * Creates the lanes and starts the thread that reads the backlogs.
   *
   * @param inbox keeps dead letters
   * @param retries how often a consumer gets an event, and the waits between
   * @param context what the process gives
   * @param counts counts what happens
   */
  public ConsumerLanes(
      Inbox inbox, RetryPolicy retries, BusContext context, ConsumerCounts counts) {
    this.retries = retries;
    this.context = context;
    this.counts = counts;
    this.clock = context.threads().timer("techcorp-consumer-clock", 1);
    this.storage = storageThread();
    this.writer = new BacklogWriter(context, inbox, storage);
    this.limitedLog = new RateLimitedLog(log, context.threads()::nanoTime);
    poll();
    clock.scheduleWithFixedDelay(
        this::replaceStorageThread, POLL.toNanos(), POLL.toNanos(), TimeUnit.NANOSECONDS);
  }

  private ScheduledExecutorService storageThread() {
    return context.threads().timer("techcorp-consumer-backlog", 1);
  }

  private void poll() {
    storageSeen = context.threads().nanoTime();
    storage.scheduleWithFixedDelay(this::read, 0, POLL.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** If it does not come back, or all consumers would wait for it. */
  private void replaceStorageThread() {
    if (closed || storageSilence().compareTo(PATIENCE) < 0) {
      return;
    }
    log.warn(
        "The thread that reads and writes the consumers' backlogs has not come back for {} s:"
            + " another one takes its place",
        storageSilence().toSeconds());
    ScheduledExecutorService stuck = storage;
    synchronized (wakes) {
      wakes.clear();
      storage = storageThread();
    }
    poll();
    writer.goOnWith(storage);
    stuck.shutdown();
  }

  private Duration storageSilence() {
    return Duration.ofNanos(context.threads().nanoTime() - storageSeen);
  }

  /**
   * Serves a consumer more.
   *
   * @param subscription its name, what it wants, and how it is served
   */
  public synchronized void add(Subscription subscription) {
    ConsumerLane lane =
        new ConsumerLane(subscription, retries, writer, context, counts, this::wakeIn);
    lanes.add(lane);
    long tick = Math.min(shortest(subscription).toNanos() / 4, LONGEST_TICK.toNanos());
    clock.scheduleWithFixedDelay(lane::tick, tick, Math.max(1, tick), TimeUnit.NANOSECONDS);
  }

  private static Duration shortest(Subscription subscription) {
    Duration timeout = subscription.options().timeout();
    Duration longest = subscription.options().maxWait();
    return timeout.compareTo(longest) < 0 ? timeout : longest;
  }

  @Override
  public CompletableFuture<Integer> publish(List<Event> events, boolean fresh) {
    if (closed) {
      return CompletableFuture.completedFuture(0);
    }
    List<ConsumerLane> interested = new ArrayList<>(lanes.size());
    int wanted = 0;
    for (ConsumerLane lane : lanes) {
      int before = wanted;
      for (Event event : events) {
        wanted += lane.wants(event) ? 1 : 0;
      }
      if (wanted > before) {
        interested.add(lane);
      }
    }
    if (wanted == 0) {
      return CompletableFuture.completedFuture(events.size());
    }
    Publication publication = new Publication(events.size(), wanted);
    for (ConsumerLane lane : interested) {
      lane.offer(events.get(0).orderingKey(), wantedBy(lane, events, publication), fresh);
    }
    return publication.taken();
  }

  private static List<Delivery> wantedBy(
      ConsumerLane lane, List<Event> events, Publication publication) {
    List<Delivery> deliveries = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      if (lane.wants(events.get(i))) {
        deliveries.add(new Delivery(events.get(i), publication, i));
      }
    }
    return deliveries;
  }

  /**
   * Schedules a read of the backlogs after a delay or a little later; requests at nearly the same
   * time share one read. The longer the wait, the coarser the grid; its steps are powers of two, so
   * that grids share points.
   */
  void wakeIn(Duration delay) {
    long now = context.threads().nanoTime();
    long grid =
        Math.max(1, Long.highestOneBit(delay.toNanos() / (WAIT_TO_GRID * WAKE_EVERY_NANOS)));
    long at = (Math.floorDiv(now + delay.toNanos(), grid * WAKE_EVERY_NANOS) + 1) * grid;
    synchronized (wakes) {
      if (closed || !wakes.add(at)) {
        return;
      }
    }
    storage.schedule(
        () -> {
          synchronized (wakes) {
            wakes.remove(at);
          }
          read();
        },
        at * WAKE_EVERY_NANOS - now,
        TimeUnit.NANOSECONDS);
  }

  /** Has backlogs read now. */
  public void wake() {
    wakeIn(Duration.ZERO);
  }

  private void read() {
    ScheduledExecutorService mine = storage;
    try {
      readFor(mine);
    } finally {
      if (mine == storage) {
        storageSeen = context.threads().nanoTime();
      }
    }
  }

  private void readFor(ScheduledExecutorService mine) {
    Fence holder = context.lease().get();
    Map<String, ConsumerLane> byName = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (ConsumerLane lane : lanes) {
      int room = lane.room();
      if (room > 0) {
        byName.put(lane.subscription().consumer(), lane);
        most.put(lane.subscription().consumer(), room);
      }
    }
    if (closed || holder == null || most.isEmpty()) {
      return;
    }
    try {
      List<Due> all = context.backlog().due(holder, most);
      if (mine != storage) {
        return; // so late that another thread has read it again
      }
      for (Due due : all) {
        Objects.requireNonNull(byName.get(due.queue().consumer())).take(due);
      }
    } catch (Throwable e) {
      limitedLog.about("Consumers' backlogs cannot be read", e);
      context.faults().caught(e);
    }
  }

  /**
   * Returns the problems of these consumers.
   *
   * @return calls that do not return, and backlogs at their bound
   */
  public List<Finding> findings() {
    List<Finding> findings =
        new ArrayList<>(lanes.stream().flatMap(lane -> lane.findings().stream()).toList());
    Duration silence = storageSilence();
    if (!closed && silence.compareTo(PATIENCE.dividedBy(2)) > 0) {
      findings.add(
          Finding.of(
              "BACKLOG_STUCK",
              Health.Status.DEGRADED,
              "the consumers' backlogs are not read: a call to the storage does not return",
              silence));
    }
    return findings;
  }

  @Override
  public boolean isInsideAHandler() {
    Thread current = Thread.currentThread();
    return lanes.stream().anyMatch(lane -> lane.isCalling(current));
  }

  /**
   * Begins no call any more, waits up to 10 s for those that run (without interrupting them: a
   * message that is being sent would become ambiguous), and writes down what became of them.
   */
  @Override
  public void close() {
    boolean inside = isInsideAHandler();
    synchronized (wakes) {
      if (closed) {
        return;
      }
      closed = true;
    }
    CompletableFuture<?>[] ends =
        lanes.stream().map(ConsumerLane::close).toArray(CompletableFuture[]::new);
    if (!inside && !context.threads().await(CompletableFuture.allOf(ends), GRACE)) {
      log.warn("Consumers are still at work; what they finish now is delivered again");
    }
    clock.shutdown();
    storage.shutdown();
    try {
      storage.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("Interrupted while closing: {}", Reasons.of(e));
    }
    writer.close();
  }
}
