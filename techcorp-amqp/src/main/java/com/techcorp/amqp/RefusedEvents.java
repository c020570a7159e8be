package com.techcorp.amqp;

import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the broker refused, because one of the queues that want them is full. All other
 * queues have them, so they must not hold up what follows: they leave the outbox for the consumers'
 * backlog in the storage, under the name of the exchange, and are offered again from there. Of each
 * type a single event is offered, after waits that grow, until the broker takes it; then all are.
 * So the other consumers get few of them twice. Thread-safe.
 */
final class RefusedEvents implements AutoCloseable {
  private static final int BATCH = 256;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(RefusedEvents.class);

  private final BusContext context;
  private final EventOffers offers;
  private final String name;
  private final RefusedTypes types;
  private final RefusedBacklog kept;

  /**
   * @param name under which they wait in the backlog
   */
  RefusedEvents(BusContext context, String name, EventOffers offers) {
    this.context = context;
    this.name = name;
    this.offers = offers;
    this.types = new RefusedTypes(name, offers, context.threads()::nanoTime);
    ScheduledExecutorService timer = context.threads().timer("techcorp-amqp-refused", 1);
    this.kept = new RefusedBacklog(context, name, timer, types::refused);
    timer.scheduleWithFixedDelay(
        this::offer, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns whether it need not be published, since it would be refused and not kept. */
  boolean isPointless(Event event) {
    return types.contains(event.type()) && !hasRoom();
  }

  /** Returns whether an event that is refused now will probably be kept. */
  boolean hasRoom() {
    return kept.hasRoom();
  }

  /**
   * Keeps what was refused, together with what is refused soon after.
   *
   * @return completes with whether it is in the storage
   */
  CompletableFuture<Boolean> keep(Event event) {
    return kept.keep(event);
  }

  /** Offers what waits, for as long as the broker takes it. Does nothing if nothing waits. */
  private void offer() {
    if (types.isEmpty() && kept.waiting() == 0) {
      return;
    }
    try {
      boolean progress = true;
      while (progress && !kept.isClosed()) {
        Fence holder = context.lease().get();
        progress = holder != null && isTaken(context.backlog().due(holder, Map.of(name, BATCH)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      log.warn("Refused events cannot be offered again now: {}", Reasons.of(e));
      context.faults().caught(e);
    }
  }

  /** Returns whether some of them were taken, so that there may be more to offer. */
  private boolean isTaken(List<Due> due) throws InterruptedException {
    Map<String, List<Due>> byType = new LinkedHashMap<>();
    for (Due each : due) {
      byType.computeIfAbsent(each.events().get(0).type(), type -> new ArrayList<>()).add(each);
    }
    boolean all = due.size() < BATCH;
    boolean taken = false;
    for (Map.Entry<String, List<Due>> each : byType.entrySet()) {
      taken |= isTaken(each.getKey(), each.getValue(), all);
    }
    if (all && kept.waiting() < RefusedBacklog.MOST) {
      types.endAllBut(
          due.stream()
              .flatMap(each -> each.events().stream())
              .map(Event::type)
              .collect(Collectors.toSet()));
    }
    return taken;
  }

  /**
   * @param waiting whose first events are of the type
   * @param all whether no more of them wait
   */
  private boolean isTaken(String type, List<Due> waiting, boolean all) throws InterruptedException {
    int trials = types.trials(type);
    if (trials == 0) {
      return false;
    }
    Map<Due, CompletableFuture<PublishOutcome>> offered = new LinkedHashMap<>();
    for (Due each : waiting.subList(0, Math.min(trials, waiting.size()))) {
      offered.put(each, offers.toAll(each.events().get(0)));
    }
    List<Handled> taken = new ArrayList<>();
    List<Event> refused = new ArrayList<>();
    for (Map.Entry<Due, CompletableFuture<PublishOutcome>> each : offered.entrySet()) {
      Event event = each.getKey().events().get(0);
      PublishOutcome outcome = offers.awaitOutcome(each.getValue());
      if (offers.isTaken(event, outcome)) {
        taken.add(new Handled(each.getKey().queue(), List.of(event)));
      } else if (outcome == PublishOutcome.REFUSED) {
        refused.add(event);
      }
    }
    context.backlog().remove(taken);
    types.offered(type, taken.size(), refused.size());
    if (!refused.isEmpty()) {
      types.refused(refused.get(refused.size() - 1));
    } else if (all && taken.size() == waiting.size()) {
      types.end(type);
    }
    return !taken.isEmpty();
  }

  /** Types that the broker refuses: {@code QUEUE_FULL}. */
  List<Finding> findings() {
    return types.findings();
  }

  /** Stops; an event that is being stored is stored or stays in the outbox. */
  @Override
  public void close() {
    kept.close();
  }
}
