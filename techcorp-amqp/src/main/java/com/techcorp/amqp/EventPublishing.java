package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events and decides what of them counts as taken. Thread-safe. */
final class EventPublishing implements EventOffers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventPublishing.class);

  private final RabbitOptions options;
  private final Topology topology;
  private final PublishingLink publishing;
  private final Consumers consumers;
  private final Set<String> routed = ConcurrentHashMap.newKeySet();
  private final Set<String> unrouted = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RefusedEvents refused;

  EventPublishing(RabbitOptions options, PublishingLink publishing, Consumers consumers) {
    this.options = options;
    this.topology = Topology.of(options);
    this.publishing = publishing;
    this.consumers = consumers;
  }

  /** Starts to keep the events that the broker refuses. */
  void start(BusContext context) {
    refused = new RefusedEvents(context, topology.events(), this);
  }

  /** Publishes as {@link RabbitEventBus#offer} does. */
  Publication offer(Event event) {
    RefusedEvents keeping = refused;
    if (keeping != null && keeping.isPointless(event)) {
      return Publication.of(CompletableFuture.completedFuture(false));
    }
    Publication offered = new Publication(new CompletableFuture<>(), new CompletableFuture<>());
    toAll(event)
        .whenComplete(
            (outcome, failure) -> {
              try {
                answer(offered, event, outcome, failure);
              } catch (Throwable e) {
                answer(offered, null, e);
              }
            });
    return offered;
  }

  private void answer(
      Publication offered,
      Event event,
      @Nullable PublishOutcome outcome,
      @Nullable Throwable failure) {
    RefusedEvents keeping = refused;
    if (outcome == PublishOutcome.REFUSED && keeping != null) {
      boolean passes = keeping.hasRoom();
      CompletableFuture<Boolean> kept = keeping.keep(event);
      if (passes) {
        offered.passed().complete(true);
      }
      kept.whenComplete((is, unkept) -> answer(offered, is, unkept));
    } else {
      answer(offered, outcome != null && isTaken(event, outcome), failure);
    }
  }

  private static void answer(
      Publication offered, @Nullable Boolean taken, @Nullable Throwable failure) {
    if (failure != null) {
      offered.passed().completeExceptionally(failure);
      offered.taken().completeExceptionally(failure);
    } else {
      offered.passed().complete(taken);
      offered.taken().complete(taken);
    }
  }

  @Override
  public CompletableFuture<PublishOutcome> toAll(Event event) {
    if (publishing.isHeld()) {
      return CompletableFuture.failedFuture(
          new UnavailableException(
              "RabbitMQ has lost bindings: events wait until all are declared again"));
    }
    byte[] body = EventMessage.body(event);
    BasicProperties properties = signed(EventMessage.properties(event), body);
    return publishing.publish(topology.events(), event.type(), properties, body);
  }

  @Override
  public List<String> refusing(Event event) throws InterruptedException {
    List<String> full = new ArrayList<>();
    for (Subscription each : consumers.takers(event.type())) {
      String queue = topology.attempt(each.consumer(), 1);
      if (awaitOutcome(toOne(queue, event, false)) == PublishOutcome.REFUSED) {
        full.add(queue);
      }
    }
    return full;
  }

  @Override
  public PublishOutcome awaitOutcome(CompletableFuture<PublishOutcome> offered)
      throws InterruptedException {
    return publishing.awaitOutcome(offered);
  }

  @Override
  public boolean isTaken(Event event, PublishOutcome outcome) {
    if (outcome == PublishOutcome.CONFIRMED) {
      routed.add(event.type());
      unrouted.remove(event.type());
      return true;
    }
    if (outcome != PublishOutcome.UNROUTED) {
      return false;
    }
    boolean wanted = isWanted(event.type());
    if (unrouted.add(event.type())) {
      tellUnrouted(event.type(), wanted);
    }
    return !wanted;
  }

  private static void tellUnrouted(String type, boolean wanted) {
    if (wanted) {
      log.warn(
          "No queue takes {}: it stays in the outbox, with its order's later events, until a"
              + " consumer subscribes to it; if none is to, leave it out of"
              + " RabbitOptions.withWanted",
          type);
    } else {
      log.info("No queue takes {}, and nobody wants it", type);
    }
  }

  private boolean isWanted(String type) {
    return options.wanted().contains(type)
        || routed.contains(type)
        || !consumers.takers(type).isEmpty();
  }

  /** Publishes as {@link RabbitEventBus#resend} does. */
  void resend(String consumer, List<Event> events) {
    String queue = topology.attempt(consumer, 1);
    Optional<Subscription> known = consumers.of(consumer);
    List<CompletableFuture<PublishOutcome>> outcomes =
        events.stream()
            .filter(event -> known.isEmpty() || known.get().types().contains(event.type()))
            .map(event -> toOne(queue, event, known.isEmpty()))
            .toList();
    for (CompletableFuture<PublishOutcome> outcome : outcomes) {
      switch (outcomeOf(outcome)) {
        case CONFIRMED -> {}
        case UNROUTED ->
            throw new NotFoundException(
                "no consumer '" + consumer + "': there is no queue " + queue);
        case REFUSED ->
            throw new UnavailableException("the queue " + queue + " is full: send all again later");
        case UNKNOWN ->
            throw new UnavailableException("RabbitMQ did not confirm all events: send them again");
      }
    }
  }

  private PublishOutcome outcomeOf(CompletableFuture<PublishOutcome> outcome) {
    try {
      return publishing.awaitOutcome(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted: send all again", e);
    }
  }

  /**
   * @param asHistory whether the consumer may not want it; where it surely does, a process that
   *     does not know the type leaves it to others
   */
  private CompletableFuture<PublishOutcome> toOne(String queue, Event event, boolean asHistory) {
    byte[] body = EventMessage.body(event);
    BasicProperties properties =
        asHistory ? EventMessage.resent(event) : EventMessage.properties(event);
    return publishing.publish(topology.queues(), queue, signed(properties, body), body);
  }

  private BasicProperties signed(BasicProperties properties, byte[] body) {
    return Signatures.signed(options.signing(), Signatures.Purpose.EVENT, properties, body);
  }

  List<Finding> findings() {
    RefusedEvents keeping = refused;
    return keeping == null ? List.of() : keeping.findings();
  }

  /** Stops keeping refused events; they stay in the outbox from now on. */
  @Override
  public void close() {
    RefusedEvents keeping = refused;
    if (keeping != null) {
      keeping.close();
    }
  }
}
