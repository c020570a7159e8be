package com.techcorp.inventory.spi;

import java.util.Optional;

/**
 * What an inventory in a database of its own answers to {@code payment.confirmed}, by an event of
 * its own. Definite: it does not change its mind.
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
   * Under which name it is published.
   *
   * @return the routing key
   */
  public String routingKey() {
    return routingKey;
  }

  /**
   * The answer of an event.
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
