package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.internal.PlacementAnswers.Settled;
import com.techcorp.order.internal.PlacementAnswers.Unseen;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.UnitOfWork;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Places orders: admits a request, numbers it, and starts its saga, again if its key was taken. */
final class OrderPlacement {
  private static final int ATTEMPTS = 5;

  private final OrderNumbers numbers;
  private final JoinedPlacement joined;
  private final PlacementAnswers answers;
  private final OrderAdmission admission;
  private final OrderStarts starts;
  private final SoldOutDoor door;
  private final BooleanSupplier outboxFull;

  /**
   * @param outboxFull whether too much waits to be published to accept more
   */
  OrderPlacement(
      PlacementAnswers answers,
      JoinedPlacement joined,
      OrderStarts starts,
      SoldOutDoor door,
      BooleanSupplier outboxFull) {
    this.answers = answers;
    this.admission = answers.admission();
    this.numbers = answers.numbers();
    this.joined = joined;
    this.starts = starts;
    this.door = door;
    this.outboxFull = outboxFull;
  }

  /** Starts what was admitted: null if it is durable, else why it was refused. */
  private interface Start {
    @Nullable Failure start(OrderSagaData data);

    /** Returns why it need not be started at all; null if it must. */
    default @Nullable Failure known(AdmittedOrder order) {
      return null;
    }
  }

  /** Starts orders on the engine, holding a place for the first of them. */
  private final class OnEngine implements Start {
    private final CommandExecutor.Place place;
    private final SoldOutDoor.Visit visit;

    OnEngine(CommandExecutor.Place place, SoldOutDoor.Visit visit) {
      this.place = place;
      this.visit = visit;
    }

    @Override
    public @Nullable Failure known(AdmittedOrder order) {
      return visit.known(order.stock());
    }

    @Override
    public @Nullable Failure start(OrderSagaData data) {
      return starts.begin(place, data);
    }
  }

  OrderReceipt place(PlaceOrder request) {
    SoldOutDoor.Visit visit = door.visit(starts.executor());
    // Before the look-ups and the number of an order: a refusal must not cost them.
    try (CommandExecutor.Place place = starts.executor().enter()) {
      return place(request, new OnEngine(place, visit), Unseen.NONE);
    } finally {
      visit.pace(); // the place is given back by then
    }
  }

  CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request) {
    SoldOutDoor.Visit visit = door.visit(starts.executor());
    try {
      return visit.paced(placeAsync(request, visit));
    } catch (Throwable e) {
      visit.over();
      throw e;
    }
  }

  private CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request, SoldOutDoor.Visit visit) {
    CommandExecutor.Place place;
    try {
      place = starts.executor().enter();
    } catch (TechCorpException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<OrderReceipt> lookedUp = null;
    try {
      check(request);
      AdmittedOrder admitted;
      try {
        admitted = admission.admit(request);
      } catch (InvalidOrderException e) {
        return CompletableFuture.completedFuture(answers.repeated(request, e));
      }
      Failure known = visit.known(admitted.stock());
      if (known != null) {
        lookedUp = answers.soldOutLater(request, admitted, known);
        return lookedUp.whenComplete((receipt, refusal) -> place.close());
      }
      OrderSagaData data = admitted.order(numbers.next());
      return starts
          .beginAsync(place, data)
          .handle((started, fault) -> begun(request, data, started, fault));
    } catch (TechCorpException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      // Else a start without a waiting caller keeps its permit, as one with a caller does.
      if (lookedUp == null) {
        place.close();
      }
    }
  }

  /** Blocks only if the order was not simply accepted. */
  private OrderReceipt begun(
      PlaceOrder request,
      OrderSagaData data,
      @Nullable StartedSaga started,
      @Nullable Throwable fault) {
    if (started == null) {
      starts.requireArrived(data, fault);
      return answers.receipts().begun(data.orderId(), data.orderNumber());
    }
    Settled settled = answers.settled(request, data, started.refusal(), Unseen.NONE);
    return settled.receipt() == null ? again(request, settled.next()) : settled.receipt();
  }

  private OrderReceipt again(PlaceOrder request, OrderSagaData data) {
    try (CommandExecutor.Place place = starts.executor().enter()) {
      return attempts(
          request, data.numbered(numbers.next()), next -> starts.begin(place, next), Unseen.NONE);
    }
  }

  OrderReceipt placeWithin(UnitOfWork transaction, PlaceOrder request) {
    return place(
        request,
        data -> joined.place(transaction, data),
        (contents, taken) -> answers.repeats().uncommitted(request, contents, taken));
  }

  private OrderReceipt place(PlaceOrder request, Start start, Unseen unseen) {
    check(request);
    AdmittedOrder admitted;
    try {
      admitted = admission.admit(request);
    } catch (InvalidOrderException e) {
      return answers.repeated(request, e);
    }
    Failure known = start.known(admitted);
    return known == null
        ? attempts(request, admitted.order(numbers.next()), start, unseen)
        : answers.soldOut(request, admitted.contents(), known);
  }

  private void check(PlaceOrder request) {
    admission.checkShape(request);
    if (outboxFull.getAsBoolean()) {
      throw new OverloadedException("too much waits to be published: the outbox is at its bound");
    }
  }

  private OrderReceipt attempts(
      PlaceOrder request, OrderSagaData numbered, Start start, Unseen unseen) {
    OrderSagaData data = numbered;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Settled settled = answers.settled(request, data, start.start(data), unseen);
      if (settled.receipt() != null) {
        return settled.receipt();
      }
      data = settled.next().numbered(numbers.next());
    }
    throw new UnavailableException("the idempotency key changes hands too fast: try again");
  }
}
