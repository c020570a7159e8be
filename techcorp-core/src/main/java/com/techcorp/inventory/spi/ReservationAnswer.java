package com.techcorp.inventory.spi;

import java.util.Optional;

/**
 * The answers that an inventory in another database publishes to {@code payment.confirmed}.
 * Definite: it does not change its mind.
 */
public enum ReservationAnswer {
  /** The hold is sold. */
  CONFIRMED("reservation.confirmed"),
  /** There is nothing to sell: the hold ran out, was given back, or never was. */
  REFUSED("reservation.refused");

  private final String routingKey;

  ReservationAnswer(String routingKey) {
    this.routingKey = routingKey;
  }

  /**
   * Returns the routing key under which it is published.
   *
   * @return the routing key
   */
  public String routingKey() {
    return routingKey;
  }

  /**
   * Returns the answer of an event.
   *
   * @param routingKey the event's type
   * @return the answer, or empty if the event is none
   */
  public static Optional<ReservationAnswer> of(String routingKey) {
    for (ReservationAnswer answer : values()) {
      if (answer.routingKey.equals(routingKey)) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }
}
