package com.techcorp.search.internal;

import com.techcorp.catalog.ProductUpdates;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.search.IndexResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Indexes the products that events name. An event is acknowledged once every target has the
 * product. While the engine, a target, the catalogue or the journal is away, the consumer pauses.
 * Thread-safe.
 */
final class IndexConsumer {
  /** The type of the events; a product's id is that of its stream. */
  private static final String TYPE = "product.updated";

  private static final String STOCK = '"' + ProductUpdates.STOCK + '"';
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration UNTIL_HEALED = Duration.ofMinutes(1);

  private final IndexWiring wiring;
  private final IndexOpening opening;
  private final Indexer indexer;
  private final AheadProducts ahead;
  private final GenerationMover generation;
  private final AtomicInteger pauses = new AtomicInteger();

  IndexConsumer(
      IndexWiring wiring,
      IndexOpening opening,
      Indexer indexer,
      AheadProducts ahead,
      GenerationMover generation) {
    this.wiring = wiring;
    this.opening = opening;
    this.indexer = indexer;
    this.ahead = ahead;
    this.generation = generation;
  }

  Subscription subscription() {
    return Subscription.batch(
        "search-" + wiring.instance(),
        Set.of(TYPE),
        BatchOptions.of(wiring.options().batch()).withCoalescing(true),
        this::handle);
  }

  private List<EventOutcome> handle(List<Event> events) {
    if (!opening.tryOpen()) {
      throw paused(String.valueOf(opening.problem()));
    }
    Map<UUID, IndexResult> results;
    try {
      results = indexer.index(events.stream().map(event -> event.stream().id()).toList());
    } catch (UnavailableException | OverloadedException | NotFoundException e) {
      throw paused(String.valueOf(e.getMessage()));
    }
    if (events.stream().anyMatch(IndexConsumer::isOfStock)) {
      generation.changed(true);
    }
    pauses.set(0);
    ahead.saw(results);
    return events.stream()
        .map(event -> outcome(Objects.requireNonNull(results.get(event.stream().id()))))
        .toList();
  }

  /** By its text: to parse it costs more, and a move too many costs little. */
  private static boolean isOfStock(Event event) {
    return event.json().contains(STOCK);
  }

  private ConsumerPausedException paused(String reason) {
    return new ConsumerPausedException(reason, nextPause());
  }

  /** 1 s, 2 s, 4 s, 8 s, 16 s, and then always 32 s. */
  private Duration nextPause() {
    int doublings = Math.min(pauses.getAndIncrement(), MOST_DOUBLINGS);
    return SHORTEST_PAUSE.multipliedBy(1L << doublings);
  }

  private EventOutcome outcome(IndexResult result) {
    if (result instanceof IndexResult.Refused refused) {
      return EventOutcome.refused(refused.reason());
    }
    if (result instanceof IndexResult.Ahead) {
      return EventOutcome.postponed(AheadProducts.ADVICE, UNTIL_HEALED);
    }
    return result instanceof IndexResult.Busy busy
        ? EventOutcome.paused(busy.reason(), nextPause())
        : EventOutcome.handled();
  }
}
