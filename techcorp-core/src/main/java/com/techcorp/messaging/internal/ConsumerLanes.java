package com.techcorp.messaging.internal;

import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.Delivery.Publication;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a bus's consumers, while their process runs, and what all of them share: the clock
 * for time-outs, and what reads and writes their backlogs. Thread-safe.
 */
public final class ConsumerLanes implements PipelinedBus, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsumerLanes.class);

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LONGEST_TICK = Duration.ofMillis(250);

  private final RetryPolicy retries;
  private final BusContext context;
  private final ScheduledExecutorService clock;
  private final BacklogThread thread;
  private final BacklogReader reader;
  private final BacklogWriter writer;
  private final ConsumerCounts counts;
  private final List<ConsumerLane> lanes = new CopyOnWriteArrayList<>();

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
    this.thread = new BacklogThread(context.threads());
    this.reader = new BacklogReader(context, thread, lanes);
    this.writer = new BacklogWriter(context, inbox, thread.current());
    thread.start(clock, reader::read, this::goOnWith);
  }

  private void goOnWith(ScheduledExecutorService other) {
    reader.threadIsReplaced();
    writer.goOnWith(other);
  }

  /**
   * Serves a consumer more.
   *
   * @param subscription its name, what it wants, and how it is served
   */
  public synchronized void add(Subscription subscription) {
    ConsumerLane lane =
        new ConsumerLane(subscription, retries, writer, context, counts, clock, reader::wakeIn);
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
    if (reader.isStopped()) {
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

  /** Has backlogs read now. */
  public void wake() {
    reader.wakeIn(Duration.ZERO);
  }

  /**
   * Returns the problems of these consumers.
   *
   * @return calls that do not return, and backlogs at their bound
   */
  public List<Finding> findings() {
    List<Finding> findings =
        new ArrayList<>(lanes.stream().flatMap(lane -> lane.findings().stream()).toList());
    thread.stuck().ifPresent(findings::add);
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
    if (!reader.stop()) {
      return;
    }
    thread.closes();
    CompletableFuture<?>[] ends =
        lanes.stream().map(ConsumerLane::close).toArray(CompletableFuture[]::new);
    if (!inside && !context.threads().await(CompletableFuture.allOf(ends), GRACE)) {
      log.warn("Consumers are still at work; what they finish now is delivered again");
    }
    clock.shutdown();
    thread.close();
    writer.close();
  }
}
