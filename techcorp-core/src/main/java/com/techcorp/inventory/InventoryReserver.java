package com.techcorp.inventory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds, sells and gives back stock, one order a call. Every call is idempotent by the order's id:
 * a repeat has no second effect and gets the same answer. Thread-safe.
 *
 * <p>Two callers racing for the last unit: one gets {@link ReservationResult.Done}, the other
 * {@link ReservationResult.OutOfStock}. What returned is durable. Throws {@link
 * com.techcorp.error.UnavailableException} when it is not known whether a call had its effect:
 * repeat it.
 *
 * <p><b>Whose hold it is.</b> An order's saga makes its hold under a random token, which it keeps.
 * What becomes of that hold is the order's to say, also after the sale: without the token each call
 * that would change it throws {@link com.techcorp.error.IllegalTransitionException}; cancel the
 * order instead. A host that holds stock under ids of its own needs no token: those are the calls
 * without one.
 */
public interface InventoryReserver {
  /**
   * Holds stock for an order until it is confirmed, released, or its time runs out. Lines of one
   * product are summed first.
   *
   * @param orderId whose; a hold that was given back, or cancelled before it was made, cannot be
   *     made again under the same id
   * @param holdToken changes the hold from now on; null: a host's hold
   * @param lines what
   * @param timeToLive positive; the storage's clock counts
   * @return Done, OutOfStock naming the product, or Refused, also if the hold is another's
   * @throws com.techcorp.error.InvalidInputException for no lines or a time to live that is not
   *     positive
   */
  ReservationResult reserve(
      UUID orderId, @Nullable UUID holdToken, List<StockLine> lines, Duration timeToLive);

  /**
   * Holds stock for the host itself.
   *
   * @param orderId an id of the host's own
   * @param lines what
   * @param timeToLive positive; the storage's clock counts
   * @return Done, OutOfStock naming the product, or Refused
   * @throws com.techcorp.error.InvalidInputException for no lines or a time to live that is not
   *     positive
   */
  default ReservationResult reserve(UUID orderId, List<StockLine> lines, Duration timeToLive) {
    return reserve(orderId, null, lines, timeToLive);
  }

  /**
   * Turns a hold into a sale.
   *
   * @param orderId whose
   * @param holdToken of the hold, or null
   * @return Done, or Refused if the hold was given back, or was made without this token
   * @throws com.techcorp.error.IllegalTransitionException if an order's saga made the hold with
   *     another token, or an order of this id is under way and no token is given
   */
  ReservationResult confirm(UUID orderId, @Nullable UUID holdToken);

  /**
   * Turns the host's own hold into a sale.
   *
   * @param orderId whose
   * @return Done, or Refused if the hold was given back
   * @throws com.techcorp.error.IllegalTransitionException if the hold is an order's
   */
  default ReservationResult confirm(UUID orderId) {
    return confirm(orderId, null);
  }

  /**
   * Cancels: gives a hold back, and sees to it that none is made from now on. That there is none is
   * Done too, and leaves a tombstone which refuses a {@link #reserve} that arrives later; of the
   * two at once one wins. So either answer is definite: Done is "cancelled", Refused "already
   * sold".
   *
   * @param orderId whose
   * @param holdToken of the hold, or null; a host's own hold is not given back by a token, and
   *     keeps the token's hold out: that is Done
   * @return Done, or Refused if it was sold (then {@link #reverse} it)
   * @throws com.techcorp.error.IllegalTransitionException as {@link #confirm}
   */
  ReservationResult release(UUID orderId, @Nullable UUID holdToken);

  /**
   * Cancels the host's own hold.
   *
   * @param orderId whose
   * @return Done, or Refused if it was sold (then {@link #reverse} it)
   * @throws com.techcorp.error.IllegalTransitionException if the hold is an order's
   */
  default ReservationResult release(UUID orderId) {
    return release(orderId, null);
  }

  /**
   * Takes a sale back into stock.
   *
   * @param orderId whose
   * @param holdToken of the hold that was sold, or null
   * @return Done, or Refused if it was not sold, or was held without this token
   * @throws com.techcorp.error.IllegalTransitionException as {@link #confirm}
   */
  ReservationResult reverse(UUID orderId, @Nullable UUID holdToken);

  /**
   * Takes the host's own sale back into stock.
   *
   * @param orderId whose
   * @return Done, or Refused if it was not sold
   * @throws com.techcorp.error.IllegalTransitionException if it is an order's
   */
  default ReservationResult reverse(UUID orderId) {
    return reverse(orderId, null);
  }

  /**
   * Keeps a hold alive longer.
   *
   * @param orderId whose
   * @param holdToken of the hold, or null
   * @param timeToLive from now; never shortens
   * @return Done, or Refused if it is no longer held, or was made without this token
   * @throws com.techcorp.error.IllegalTransitionException as {@link #confirm}
   */
  ReservationResult extend(UUID orderId, @Nullable UUID holdToken, Duration timeToLive);

  /**
   * Keeps the host's own hold alive longer.
   *
   * @param orderId whose
   * @param timeToLive from now; never shortens
   * @return Done, or Refused if it is no longer held
   * @throws com.techcorp.error.IllegalTransitionException if the hold is an order's
   */
  default ReservationResult extend(UUID orderId, Duration timeToLive) {
    return extend(orderId, null, timeToLive);
  }

  /**
   * Adds goods received to a product's stock. Not idempotent: each call adds.
   *
   * @param productId the product
   * @param quantity units, positive
   */
  void restock(UUID productId, long quantity);

  /**
   * Levels as of now, from the authority.
   *
   * @param products which
   * @return one entry a product that was ever stocked
   */
  Map<UUID, StockLevel> levels(Collection<UUID> products);
}
