package com.techcorp.inventory.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Sells what was paid: the consumer {@code inventory} of {@code payment.confirmed}, for orders
 * whose saga is in another database. The sale, the answer for the order's saga and the note that
 * the event was taken are one transaction. Thread-safe.
 */
public final class PaidReservations {
  /** The consumer's name in the inbox. */
  public static final String CONSUMER = "inventory";

  private static final String PAID = "payment.confirmed";
  private static final int ATTEMPTS = 5;

  /** The stream of the answers that an order gets: each stands for itself. */
  private static final String ANSWERS = "reservation";

  /** The sequence in the answer's JSON. */
  private static final int SEQUENCE = 1;

  private final CommandExecutor commands;
  private final StockLedger ledger;

  /**
   * Creates the service on the engine's commands.
   *
   * @param commands commits
   * @param ledger reads
   */
  public PaidReservations(CommandExecutor commands, StockLedger ledger) {
    this.commands = commands;
    this.ledger = ledger;
  }

  /**
   * Subscribes this consumer to {@code payment.confirmed}.
   *
   * @param bus where orders' events come from, and the answers go to
   * @throws com.techcorp.error.WiringException if the bus has a consumer {@link #CONSUMER} already
   */
  public void subscribeTo(EventBus bus) {
    bus.subscribe(new Subscription(CONSUMER, Set.of(PAID), this::handle));
  }

  private void handle(Event event) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Failure refusal = commands.write(new WriteSet(event.stream().id(), effects(event)));
      if (refusal == null || refusal.code().equals(InboxEffect.DUPLICATE)) {
        return;
      }
    }
    throw new UnavailableException(
        "the reservation of " + event.stream() + " changes too fast: try again");
  }

  private List<Effect> effects(Event event) {
    UUID order = event.stream().id();
    List<Reservation> held = ledger.reservations(order);
    List<Effect> effects = new ArrayList<>();
    effects.add(new InboxEffect.Receive(CONSUMER, event.id()));
    if (all(held, ReservationStatus.PENDING)) {
      List<StockLine> lines =
          held.stream().map(r -> new StockLine(r.productId(), r.quantity())).toList();
      // The event is the proof: only the order's own saga publishes it. See
      // hold-tokens.md.
      effects.add(new StockEffect.Sell(order, lines, held.get(0).holdToken()));
      effects.add(answer(order, ReservationAnswer.CONFIRMED, ReservationStatus.CONFIRMED.name()));
    } else if (all(held, ReservationStatus.CONFIRMED)) {
      effects.add(answer(order, ReservationAnswer.CONFIRMED, ReservationStatus.CONFIRMED.name()));
    } else {
      String state = held.isEmpty() ? "NONE" : held.get(0).status().name();
      effects.add(answer(order, ReservationAnswer.REFUSED, state));
    }
    return effects;
  }

  private static boolean all(List<Reservation> held, ReservationStatus status) {
    return !held.isEmpty() && held.stream().allMatch(r -> r.status() == status);
  }

  private static Effect answer(UUID order, ReservationAnswer answer, String state) {
    JsonObject facts =
        JsonObject.builder()
            .put("order_id", order)
            .put("sequence", SEQUENCE)
            .put("reservation", state)
            .build();
    return OutboxEffect.Publish.unordered(
        new EventStream(ANSWERS, order), answer.routingKey(), facts);
  }
}
