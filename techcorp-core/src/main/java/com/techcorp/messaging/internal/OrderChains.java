package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.RelayOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes pages of events: many orders at once on a few threads, each order in sequence, an event
 * when the one before was taken. An order stays busy until what was published of it is removed from
 * the outbox, so that a page read meanwhile does not publish it twice. A consumer that hangs costs
 * its thread, and its order, but does not stop the rest.
 */
final class OrderChains implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OrderChains.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final EventBus bus;
  private final RelayLease lease;
  private final Complaints complaints;
  private final Runnable onLateEnd;
  private final int batch;
  private final Duration patience;
  private final Threads threads;
  private final ExecutorService workers;
  private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
  private final Set<Chain> running = ConcurrentHashMap.newKeySet();
  private final Queue<Chain> ended = new ConcurrentLinkedQueue<>();
  private volatile boolean waiting;
  private volatile boolean stopped;

  /**
   * @param onLateEnd called when a chain ended that nobody waited for any more
   */
  OrderChains(
      EventBus bus,
      RelayLease lease,
      RelayOptions options,
      Complaints complaints,
      Runnable onLateEnd,
      Threads threads) {
    this.bus = bus;
    this.lease = lease;
    this.complaints = complaints;
    this.onLateEnd = onLateEnd;
    this.batch = options.batch();
    this.patience = options.lease().dividedBy(3);
    this.threads = threads;
    this.workers = threads.pool("techcorp-relay-worker", options.workers());
  }

  /** The events of one order in a page. */
  private final class Chain implements Runnable {
    private final UUID order;
    private final List<Event> events = new ArrayList<>(4);
    private final long term;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int taken; // handed over through the queue of ended chains

    Chain(UUID order, long term) {
      this.order = order;
      this.term = term;
    }

    /** Publishes until an answer has to be waited for, which holds no thread. */
    @Override
    public void run() {
      try {
        while (taken < events.size() && !stopped && lease.stands(term)) {
          CompletableFuture<Boolean> answer = bus.publish(events.get(taken));
          if (!answer.isDone()) {
            answer.whenComplete((took, failure) -> goOn(answer));
            return;
          }
          if (!answer.join()) {
            break;
          }
          taken++;
        }
      } catch (RuntimeException e) {
        complaints.about("Publishing an event of order " + order + " failed", e);
      }
      end();
    }

    /** Not on the thread of the bus, which has other answers to read. */
    private void goOn(CompletableFuture<Boolean> answer) {
      try {
        workers.execute(() -> answered(answer));
      } catch (RejectedExecutionException e) {
        end(); // closed meanwhile: what the bus took is published again by whoever relays next
      }
    }

    private void answered(CompletableFuture<Boolean> answer) {
      try {
        if (answer.join()) {
          taken++;
          run();
          return;
        }
      } catch (RuntimeException e) {
        complaints.about("Publishing an event of order " + order + " failed", e);
      }
      end();
    }

    private void end() {
      ended.add(this);
      running.remove(this);
      end.complete(null);
      if (!waiting) {
        onLateEnd.run();
      }
    }
  }

  /**
   * Publishes a page and removes what was taken.
   *
   * @return whether everything of the page is gone from the outbox
   */
  boolean publish(List<Event> page, long term) {
    Map<UUID, List<Event>> byOrder = new LinkedHashMap<>();
    for (Event event : page) {
      if (!busy.contains(event.orderId())) {
        byOrder.computeIfAbsent(event.orderId(), order -> new ArrayList<>(4)).add(event);
      }
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>(byOrder.size());
    waiting = true;
    for (Map.Entry<UUID, List<Event>> entry : byOrder.entrySet()) {
      Chain chain = new Chain(entry.getKey(), term);
      chain.events.addAll(entry.getValue());
      busy.add(chain.order);
      running.add(chain);
      ends.add(chain.end);
      workers.execute(chain);
    }
    threads.await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), patience);
    waiting = false; // only then remove(), or a chain that ends now would be overlooked
    return remove() >= page.size();
  }

  /** Whether so much is under way that no more should be begun. */
  boolean isFull() {
    return busy.size() >= 2L * batch;
  }

  /** Whether something waits for {@link #remove}. */
  boolean hasEnded() {
    return !ended.isEmpty();
  }

  /**
   * Removes from the outbox what was published, in batches.
   *
   * @return how many events
   */
  int remove() {
    int removed = 0;
    List<Chain> chains = new ArrayList<>();
    List<Event> published = new ArrayList<>();
    while (!ended.isEmpty()) {
      for (Chain next = ended.peek();
          next != null && published.size() < batch;
          next = ended.peek()) {
        ended.remove();
        chains.add(next);
        published.addAll(next.events.subList(0, next.taken));
      }
      removed += remove(chains, published);
      chains.clear();
      published.clear();
    }
    return removed;
  }

  private int remove(List<Chain> chains, List<Event> published) {
    try {
      int removed = published.isEmpty() || lease.remove(published) ? published.size() : 0;
      chains.forEach(chain -> busy.remove(chain.order));
      return removed;
    } catch (RuntimeException e) {
      ended.addAll(chains); // they were published: what remains is to remove them
      throw e;
    }
  }

  /** Waits for the consumers that are at work, then removes what they took. */
  @Override
  public void close() {
    stopped = true;
    CompletableFuture<?>[] ends =
        running.stream().map(chain -> chain.end).toArray(CompletableFuture[]::new);
    if (!threads.await(CompletableFuture.allOf(ends), GRACE)) {
      // Not interrupted: a message that is being sent would become ambiguous.
      log.warn(
          "Consumers are still at work on {} orders; what they finish now may be delivered again",
          running.size());
    }
    workers.shutdown();
    remove();
  }
}
