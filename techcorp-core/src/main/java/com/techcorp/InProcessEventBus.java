package com.techcorp;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.ConsumerCounts;
import com.techcorp.messaging.internal.ConsumerLanes;
import com.techcorp.messaging.internal.PipelinedBus;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to consumers of this process, without a broker. Each consumer has threads, a
 * time-out and bounds of its own ({@link ConsumerOptions}): one that hangs, is slow or always fails
 * costs the others nothing. Thread-safe.
 *
 * <p>What a consumer fails on or takes too long for leaves the outbox: the event, and what follows
 * it in its stream, move to that consumer's backlog in the storage ({@link ConsumerBacklog}). From
 * there it is handed over again after waits that grow, in sequence and never two events of one
 * stream at once; after the last attempt it is kept as a dead letter and the next one goes on. The
 * same backlog takes what a consumer has no thread for. When this process dies, another one that
 * has the consumer goes on; it may then see an event again.
 *
 * <p>Whatever a consumer throws is a failed delivery, also an {@link Error}. The bus runs between
 * {@link #start}, which the library calls, and {@link #close}. Subscribe before the library starts:
 * an event that no one wants counts as delivered.
 */
public final class InProcessEventBus implements EventTransport, PipelinedBus, HealthSource {
  /** Waits from 1 s, doubling up to 10 min, 10 attempts: some minutes in all. */
  public static final RetryPolicy DEFAULT_RETRIES =
      RetryPolicy.doubling(Duration.ofSeconds(1), Duration.ofMinutes(10), 10);

  private final Inbox inbox;
  private final RetryPolicy retries;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final ConsumerCounts counts = new ConsumerCounts();
  private volatile @Nullable Running running;
  private volatile boolean closed;

  private record Running(BusContext context, ConsumerLanes lanes) {}

  /**
   * Creates a bus that retries as {@link #DEFAULT_RETRIES} says.
   *
   * @param inbox keeps dead letters
   */
  public InProcessEventBus(Inbox inbox) {
    this(inbox, DEFAULT_RETRIES);
  }

  /**
   * Creates a bus with its own retry policy.
   *
   * @param inbox keeps dead letters
   * @param retries how often a consumer gets an event, and the waits between
   */
  public InProcessEventBus(Inbox inbox, RetryPolicy retries) {
    this.inbox = inbox;
    this.retries = retries;
  }

  @Override
  public synchronized void start(BusContext context) {
    if (running != null || closed) {
      throw new IllegalStateException("an event bus is started once");
    }
    ConsumerLanes lanes = new ConsumerLanes(inbox, retries, context, counts);
    subscriptions.forEach(lanes::add);
    running = new Running(context, lanes);
  }

  @Override
  public synchronized void subscribe(Subscription subscription) {
    for (Subscription other : subscriptions) {
      if (other.consumer().equals(subscription.consumer())) {
        throw new WiringException(
            "a consumer named '"
                + subscription.consumer()
                + "' is subscribed already: give each consumer a name of its own");
      }
    }
    subscriptions.add(subscription);
    if (running != null) {
      running.lanes().add(subscription);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Never blocks. Looks into the consumers' backlogs first, because it does not know what came
   * before the event.
   */
  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    return publish(List.of(event), false).thenApply(taken -> taken == 1);
  }

  @Override
  public CompletableFuture<Integer> publish(List<Event> events, boolean fresh) {
    return closed ? CompletableFuture.completedFuture(0) : running().lanes().publish(events, fresh);
  }

  private Running running() {
    Running now = running;
    if (closed) {
      throw new UnavailableException("the event bus is closed");
    }
    if (now == null) {
      throw new UnavailableException(
          "the event bus is not started: the library starts the bus that its builder was given; a"
              + " bus around this one has to pass start on");
    }
    return now;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The events go through the consumer's backlog: they are durable when this returns, and are
   * handed over in sequence, with the attempts and waits of any event. If another process is
   * handing over a later event of the same stream at this moment, the two calls may overlap.
   */
  @Override
  public void resend(String consumer, List<Event> events) {
    Subscription subscription = subscribed(consumer);
    Map<Queue, List<Event>> queues = new LinkedHashMap<>();
    for (Event event : events) {
      if (subscription.types().contains(event.type())) {
        queues.computeIfAbsent(Queue.of(consumer, event), q -> new ArrayList<>()).add(event);
      }
    }
    List<Move> moves = new ArrayList<>(queues.size());
    queues.forEach((queue, wanted) -> moves.add(new Move(queue, wanted, 0, Duration.ZERO, null)));
    Running now = running();
    now.context().backlog().add(now.context().lease().get(), moves);
    now.lanes().wake();
  }

  /**
   * Hands a consumer's dead letters to it again, oldest first, when what it failed on is mended.
   * They go through its backlog, and are dead letters no more; those that it fails on to the last
   * attempt become dead letters again.
   *
   * @param consumer its name
   * @param limit how many at the most
   * @return how many there were
   * @throws NotFoundException if this process has no such consumer
   * @throws UnavailableException if the storage cannot be reached, or the bus is closed
   */
  public int replay(String consumer, int limit) {
    subscribed(consumer);
    Running now = running();
    int replayed = now.context().backlog().replay(consumer, limit);
    now.lanes().wake();
    return replayed;
  }

  private Subscription subscribed(String consumer) {
    return subscriptions.stream()
        .filter(subscription -> subscription.consumer().equals(consumer))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("no consumer '" + consumer + "' in this process"));
  }

  /** Calls that do not return, and backlogs at their bound. */
  @Override
  public List<Finding> findings() {
    Running now = running;
    return now == null ? List.of() : now.lanes().findings();
  }

  /** Deliveries that failed or took too long, moves to backlogs, dead letters. */
  @Override
  public Map<String, Long> counters() {
    return counts.all();
  }

  @Override
  public boolean isInsideAHandler() {
    Running now = running;
    return now != null && now.lanes().isInsideAHandler();
  }

  @Override
  public void close() {
    Running now;
    synchronized (this) {
      closed = true;
      now = running;
    }
    if (now != null) {
      now.lanes().close();
    }
  }
}
