package com.techcorp.order.internal;

import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaJournal;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Hands the inventory's answers to the sagas that wait for them, as durable signals: the consumer
 * {@code orders}. An order that has ended needs none. Thread-safe.
 */
public final class StockAnswers {
  /** The consumer's name in the inbox. */
  public static final String CONSUMER = "orders";

  private static final String ACTOR = "inventory";

  private final SagaJournal journal;
  private final Runnable wakeUp;

  /**
   * Creates the consumer on a journal.
   *
   * @param journal takes signals
   * @param wakeUp has the engine look for what is due
   */
  public StockAnswers(SagaJournal journal, Runnable wakeUp) {
    this.journal = journal;
    this.wakeUp = wakeUp;
  }

  /**
   * Subscribes to the inventory's answers.
   *
   * @param bus where the inventory's events come from
   * @throws com.techcorp.error.WiringException if the bus has a consumer {@link #CONSUMER} already
   */
  public void subscribeTo(EventBus bus) {
    bus.subscribe(
        new Subscription(
            CONSUMER,
            Arrays.stream(ReservationAnswer.values())
                .map(ReservationAnswer::routingKey)
                .collect(Collectors.toSet()),
            this::handle));
  }

  /** A repeat of the event changes nothing. */
  private void handle(Event event) {
    Signal answer = new Signal(Signal.Kind.ANSWER, event.type(), ACTOR);
    UUID order = event.stream().id();
    if (!journal.signals(order).contains(answer) && journal.signal(order, answer)) {
      wakeUp.run();
    }
  }

  /** Returns the answer that an order's saga was given, if any. */
  static Optional<ReservationAnswer> received(SagaJournal journal, UUID orderId) {
    return journal.signals(orderId).stream()
        .filter(signal -> signal.kind() == Signal.Kind.ANSWER)
        .flatMap(signal -> ReservationAnswer.of(signal.reason()).stream())
        .findFirst();
  }
}
