package com.techcorp.inventory.internal;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import java.util.List;
import java.util.UUID;

/** What a caller hears whose request changes nothing, given what is reserved already. */
final class ReservationResults {
  private ReservationResults() {}

  static ReservationResult cancelled(UUID orderId) {
    return new ReservationResult.Refused("order " + orderId + " was cancelled before: CANCELLED");
  }

  /** A repeat of the same call is answered like the first. */
  static ReservationResult repeated(List<Reservation> held, List<StockLine> wanted) {
    boolean same =
        wanted.equals(held.stream().map(r -> new StockLine(r.productId(), r.quantity())).toList());
    boolean given =
        held.stream()
            .allMatch(
                r ->
                    r.status() == ReservationStatus.PENDING
                        || r.status() == ReservationStatus.CONFIRMED);
    return same && given
        ? new ReservationResult.Done()
        : refused(held, "reserved otherwise, or given back");
  }

  static ReservationResult refused(List<Reservation> held, String hint) {
    String state = held.isEmpty() ? "there is none" : "it is " + held.get(0).status();
    return new ReservationResult.Refused("the reservation: " + state + "; " + hint);
  }
}
