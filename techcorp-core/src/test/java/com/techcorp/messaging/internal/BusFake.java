package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.messaging.spi.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps what it takes. */
final class BusFake implements EventTransport {
  private final List<Event> taken = new CopyOnWriteArrayList<>();
  private volatile Function<Event, CompletableFuture<Boolean>> answers =
      event -> CompletableFuture.completedFuture(true);

  private volatile @Nullable Function<Event, CompletableFuture<Boolean>> keeping;

  /** Whether what has passed is taken, now or later; without this it is at once. */
  void taking(Function<Event, CompletableFuture<Boolean>> behaviour) {
    keeping = behaviour;
  }

  /** What the bus does with an event; false: not now. */
  void when(Predicate<Event> behaviour) {
    answers = event -> CompletableFuture.completedFuture(behaviour.test(event));
  }

  /** What the bus answers, now or later. */
  void answering(Function<Event, CompletableFuture<Boolean>> behaviour) {
    answers = behaviour;
  }

  List<Event> taken() {
    return taken;
  }

  List<Integer> sequencesOf(EventStream order) {
    return taken.stream().filter(e -> e.stream().equals(order)).map(Event::sequence).toList();
  }

  @Override
  public void subscribe(Subscription subscription) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    return answers
        .apply(event)
        .thenApply(
            takesIt -> {
              if (takesIt) {
                taken.add(event);
              }
              return takesIt;
            });
  }

  @Override
  public Publication offer(Event event) {
    CompletableFuture<Boolean> passed = publish(event);
    Function<Event, CompletableFuture<Boolean>> taking = keeping;
    return taking == null
        ? Publication.of(passed)
        : new Publication(
            passed,
            passed.thenCompose(
                passes -> passes ? taking.apply(event) : CompletableFuture.completedFuture(false)));
  }

  @Override
  public void resend(String consumer, List<Event> events) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
