package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.error.SoldOutException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.CartContents;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.internal.RepeatedRequests.Earlier;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for a request that was refused, or need not be placed: the order of an earlier
 * request, another attempt, or the reason.
 *
 * @param repeats finds earlier requests
 * @param receipts gives receipts
 * @param admission reads carts
 * @param numbers forgets numbers that are used up
 */
record PlacementAnswers(
    RepeatedRequests repeats,
    OrderReceipts receipts,
    OrderAdmission admission,
    OrderNumbers numbers) {
  /** An order that has the key and that only the transaction which was refused it can see. */
  interface Unseen {
    /** There is none. */
    Unseen NONE = (contents, taken) -> Optional.empty();

    Optional<RepeatedRequests.Uncommitted> order(CartContents contents, Failure taken);
  }

  /** The receipt of this order or of the one before it; without one, what to try next. */
  record Settled(@Nullable OrderReceipt receipt, OrderSagaData next) {}

  /**
   * Returns what became of a placement.
   *
   * @param refusal null: it is durable
   */
  Settled settled(
      PlaceOrder request, OrderSagaData data, @Nullable Failure refusal, Unseen unseen) {
    if (refusal == null) {
      return new Settled(receipts.begun(data.orderId(), data.orderNumber()), data);
    }
    if (refusal.code().equals(KeyEffect.KEY_TAKEN)) {
      return unseen
          .order(data.contents(), refusal)
          .map(own -> new Settled(receipts.begun(own.orderId(), own.orderNumber()), data))
          .orElseGet(() -> taken(request, data));
    }
    if (refusal.code().equals(StockEffect.OUT_OF_STOCK)) {
      return new Settled(soldOut(request, data.contents(), refusal), data);
    }
    if (refusal.code().equals(OrderEffect.STALE_NUMBER)) {
      numbers.discard();
      return new Settled(null, data);
    }
    throw new IllegalTransitionException("the order was refused: " + refusal.message());
  }

  /**
   * Settles a request whose key is taken: by its own order, or by a new purchase with the same
   * cart.
   */
  private Settled taken(PlaceOrder request, OrderSagaData data) {
    Earlier earlier = repeats.earlier(request, data.contents()).orElse(null);
    if (earlier != null && earlier.repeated()) {
      return new Settled(receipts.of(earlier.order()), data);
    }
    return new Settled(null, data.following(earlier == null ? null : earlier.order().id()));
  }

  /** A repeat must get its order although it could not be placed now: the cart may be gone. */
  OrderReceipt repeated(PlaceOrder request, InvalidOrderException invalid) {
    return repeated(request, admission.contents(request)).orElseThrow(() -> invalid);
  }

  private Optional<OrderReceipt> repeated(PlaceOrder request, @Nullable CartContents contents) {
    return repeats
        .earlier(request, contents)
        .filter(Earlier::repeated)
        .map(earlier -> receipts.of(earlier.order()));
  }

  /** A repeat gets its order, also when there is nothing left. */
  OrderReceipt soldOut(PlaceOrder request, CartContents contents, Failure shortfall) {
    return soldOut(repeats.earlier(request, contents), shortfall);
  }

  private OrderReceipt soldOut(Optional<Earlier> earlier, Failure shortfall) {
    return earlier
        .filter(Earlier::repeated)
        .map(known -> receipts.of(known.order()))
        .orElseThrow(
            () ->
                new SoldOutException(
                    UUID.fromString(String.valueOf(shortfall.details().get("detail"))),
                    Long.parseLong(shortfall.details().getOrDefault(StockEffect.AVAILABLE, "0"))));
  }

  /** As {@link #soldOut}, without a caller that waits. */
  CompletableFuture<OrderReceipt> soldOutLater(
      PlaceOrder request, AdmittedOrder admitted, Failure known) {
    return repeats
        .earlierLater(request, admitted.contents())
        .thenApply(earlier -> soldOut(earlier, known));
  }
}
