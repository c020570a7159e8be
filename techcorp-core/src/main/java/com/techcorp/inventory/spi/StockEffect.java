package com.techcorp.inventory.spi;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write to stock; {@link StockRules} decides each. Lines are summed by product and in ascending
 * order of product.
 *
 * <p>A hold that an order's saga makes has a random token, which the saga keeps; a hold that a host
 * makes has none. What changes a hold names its token, and changes no hold of another.
 *
 * <p>Where the available units of a product {@linkplain StockRules#crossesZero cross zero}, the
 * storage publishes {@link com.techcorp.catalog.ProductUpdates#STOCK} in the same transaction and
 * under the same fence: one event for each crossing. It may apply all effects of a batch on a
 * product at once, and then publishes at most one event for them.
 */
public sealed interface StockEffect extends Effect {
  /**
   * Refusal: a product's stock is insufficient. Detail {@code detail}: the product's id; {@link
   * #AVAILABLE}: how many units there were.
   */
  String OUT_OF_STOCK = ReservationResult.OutOfStock.CODE;

  /** Detail of {@link #OUT_OF_STOCK}: the most units that were available. */
  String AVAILABLE = "available";

  /** Refusal: the order's reservation is not in the state that this needs. */
  String RESERVATION_STATE = "RESERVATION_STATE";

  /** Changes the hold of one order. */
  sealed interface OfOrder extends StockEffect {
    /**
     * Returns the order that owns the hold.
     *
     * @return the order
     */
    UUID orderId();

    /**
     * Proves that the hold may be changed.
     *
     * @return the order's saga's; null: a host made the hold
     */
    @Nullable UUID holdToken();
  }

  /** Changes the hold of one order, line by line. */
  sealed interface OfLines extends OfOrder {
    /**
     * Returns the products and quantities of the hold.
     *
     * @return by product, in ascending order
     */
    List<StockLine> lines();
  }

  /**
   * Takes units from what is available into a PENDING reservation. Refused with {@link
   * #OUT_OF_STOCK} if the stock of any product is insufficient (also if it was never stocked), with
   * {@link #RESERVATION_STATE} if the order has reservations already.
   *
   * @param orderId whose
   * @param lines what
   * @param timeToLive {@code expires_at} is the storage's time plus this
   * @param holdToken the order's saga's; null: a host makes the hold
   */
  record Hold(UUID orderId, List<StockLine> lines, Duration timeToLive, @Nullable UUID holdToken)
      implements OfLines {
    /** Sums the lines by product. */
    public Hold {
      lines = StockLine.summed(lines);
    }

    /**
     * Creates a hold for the host itself, without a token.
     *
     * @param orderId whose
     * @param lines what
     * @param timeToLive {@code expires_at} is the storage's time plus this
     */
    public Hold(UUID orderId, List<StockLine> lines, Duration timeToLive) {
      this(orderId, lines, timeToLive, null);
    }
  }

  /**
   * Turns an order's PENDING reservation into a sale: CONFIRMED, with a SALE movement a product.
   * Refused with {@link #RESERVATION_STATE} unless exactly these lines are PENDING under this
   * token.
   *
   * @param orderId whose
   * @param lines what was held
   * @param holdToken of the hold, or null
   */
  record Sell(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken) implements OfLines {
    /** Sums the lines by product. */
    public Sell {
      lines = StockLine.summed(lines);
    }

    /**
     * Sells a hold of the host's own.
     *
     * @param orderId whose
     * @param lines what was held
     */
    public Sell(UUID orderId, List<StockLine> lines) {
      this(orderId, lines, null);
    }
  }

  /**
   * Gives back what is still PENDING under this token; does nothing for what is not. Never refused.
   *
   * @param orderId whose
   * @param products the order's products, ascending
   * @param as {@link ReservationStatus#RELEASED} or {@link ReservationStatus#EXPIRED}
   * @param holdToken of the hold, or null
   */
  record Release(UUID orderId, List<UUID> products, ReservationStatus as, @Nullable UUID holdToken)
      implements OfOrder {
    /** Makes an unmodifiable copy of the products. */
    public Release {
      products = List.copyOf(products);
    }

    /**
     * Releases a hold of the host's own.
     *
     * @param orderId whose
     * @param products the order's products, ascending
     * @param as {@link ReservationStatus#RELEASED} or {@link ReservationStatus#EXPIRED}
     */
    public Release(UUID orderId, List<UUID> products, ReservationStatus as) {
      this(orderId, products, as, null);
    }
  }

  /**
   * Takes a sale back: CONFIRMED becomes REVERSED, with a RETURN movement a product. Refused with
   * {@link #RESERVATION_STATE} unless exactly these lines are CONFIRMED under this token.
   *
   * @param orderId whose
   * @param lines what was sold
   * @param holdToken of the hold that was sold, or null
   */
  record Reverse(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken) implements OfLines {
    /** Sums the lines by product. */
    public Reverse {
      lines = StockLine.summed(lines);
    }

    /**
     * Reverses a sale of the host's own.
     *
     * @param orderId whose
     * @param lines what was sold
     */
    public Reverse(UUID orderId, List<StockLine> lines) {
      this(orderId, lines, null);
    }
  }

  /**
   * Changes what is available by goods in (or a correction), with a movement. Refused with {@link
   * #OUT_OF_STOCK} if a correction takes more than is available.
   *
   * @param productId the product; created if it was never stocked
   * @param quantity units, signed, not 0
   * @param movement RECEIPT or ADJUSTMENT
   */
  record Restock(UUID productId, long quantity, MovementType movement) implements StockEffect {}

  /**
   * Keeps a PENDING reservation alive longer. Refused with {@link #RESERVATION_STATE} if it is not
   * PENDING under this token any more, or if its time has run out already: what gives it back may
   * be on the way.
   *
   * @param orderId whose
   * @param timeToLive {@code expires_at} becomes the storage's time plus this, if that is later
   * @param holdToken of the hold, or null
   */
  record Extend(UUID orderId, Duration timeToLive, @Nullable UUID holdToken) implements OfOrder {
    /**
     * Extends a hold of the host's own.
     *
     * @param orderId whose
     * @param timeToLive {@code expires_at} becomes the storage's time plus this, if that is later
     */
    public Extend(UUID orderId, Duration timeToLive) {
      this(orderId, timeToLive, null);
    }
  }

  /**
   * Returns the refusal of a request for more than is available.
   *
   * @param productId the product with insufficient stock
   * @param available how many units there were at the most
   * @return the failure
   */
  static Failure outOfStock(UUID productId, long available) {
    return new Failure(
        OUT_OF_STOCK,
        "product " + productId + " falls short",
        Map.of("detail", productId.toString(), AVAILABLE, Long.toString(available)));
  }

  /** The reasons for which stock moves. */
  enum MovementType {
    /** Goods were received. */
    RECEIPT,
    /** Sold. */
    SALE,
    /** Came back after a sale. */
    RETURN,
    /** A correction by people. */
    ADJUSTMENT
  }
}
