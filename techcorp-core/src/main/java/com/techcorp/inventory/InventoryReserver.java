package com.techcorp.inventory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Holds, sells and gives back stock, one order a call. Every call is idempotent by the order's id:
 * a repeat has no second effect and gets the same answer. Thread-safe.
 *
 * <p>Two callers racing for the last unit: one gets {@link ReservationResult.Done}, the other
 * {@link ReservationResult.OutOfStock}. What returned is durable. Throws {@link
 * com.techcorp.error.Unavailable} when it is not known whether a call had its effect: repeat it.
 */
public interface InventoryReserver {
  /**
   * Holds stock for an order until it is confirmed, released, or its time runs out. Lines of one
   * product are summed first.
   *
   * @param orderId whose; a hold that was given back, or cancelled before it was made, cannot be
   *     made again under the same id
   * @param lines what
   * @param timeToLive positive; the storage's clock counts
   * @return Done, OutOfStock naming the product, or Refused
   * @throws com.techcorp.error.InvalidInput for no lines or a time to live that is not positive
   */
  ReservationResult reserve(UUID orderId, List<StockLine> lines, Duration timeToLive);

  /**
   * Turns a hold into a sale.
   *
   * @param orderId whose
   * @return Done, or Refused if the hold was given back
   * @throws com.techcorp.error.IllegalTransition while the saga of an order with this id is under
   *     way: the stock is the saga's
   */
  ReservationResult confirm(UUID orderId);

  /**
   * Cancels: gives a hold back, and sees to it that none is made from now on. That there is none is
   * Done too, and leaves a tombstone which refuses a {@link #reserve} that arrives later; of the
   * two at once one wins. So either answer is definite: Done is "cancelled", Refused "already
   * sold".
   *
   * @param orderId whose
   * @return Done, or Refused if it was sold (then {@link #reverse} it)
   * @throws com.techcorp.error.IllegalTransition as {@link #confirm}
   */
  ReservationResult release(UUID orderId);

  /**
   * Takes a sale back into stock.
   *
   * @param orderId whose
   * @return Done, or Refused if it was not sold
   * @throws com.techcorp.error.IllegalTransition as {@link #confirm}
   */
  ReservationResult reverse(UUID orderId);

  /**
   * Keeps a hold alive longer.
   *
   * @param orderId whose
   * @param timeToLive from now; never shortens
   * @return Done, or Refused if it is no longer held
   */
  ReservationResult extend(UUID orderId, Duration timeToLive);

  /**
   * Goods in. Not idempotent: each call adds.
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
