package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.FencedException;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.SoldOutException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.CancelReason;
import com.techcorp.order.CartContents;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.internal.RepeatedRequests.Earlier;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Places and follows orders; what happens after placing is {@link OrderCommands}. */
final class DefaultOrderSaga implements OrderSaga {
  private static final int ATTEMPTS = 5;

  private final OrderAdmission admission;
  private final OrderNumbers numbers;
  private final SagaDefinition<OrderSagaData> definition;
  private final JoinedPlacement joined;
  private final OrderCommands commands;
  private final CommandExecutor executor;
  private final SagaEngine engine;
  private final OrderStore orders;
  private final RepeatedRequests repeats;
  private final SoldOutDoor door;
  private final BooleanSupplier outboxFull;

  DefaultOrderSaga(
      OrderAdmission admission,
      OrderNumbers numbers,
      JoinedPlacement joined,
      OrderCommands commands,
      CommandExecutor executor,
      SagaEngine engine,
      OrderStorage storage,
      SoldOutDoor door,
      BooleanSupplier outboxFull) {
    this.admission = admission;
    this.numbers = numbers;
    this.definition = joined.definition();
    this.joined = joined;
    this.commands = commands;
    this.executor = executor;
    this.engine = engine;
    this.orders = storage.orders();
    this.repeats =
        new RepeatedRequests(
            new KeyLookUps(storage.keys(), executor::await),
            new QueuedKeyLookUps(storage.keys(), executor),
            orders);
    this.door = door;
    this.outboxFull = outboxFull;
  }

  /** An order that has the key and that only the transaction which was refused it can see. */
  private interface Unseen {
    Optional<RepeatedRequests.Uncommitted> order(CartContents contents, Failure taken);
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
      return begin(place, data);
    }
  }

  @Override
  public OrderReceipt place(PlaceOrder request) {
    SoldOutDoor.Visit visit = door.visit(executor);
    // Before the look-ups and the number of an order: a refusal must not cost them.
    try (CommandExecutor.Place place = executor.enter()) {
      return place(request, new OnEngine(place, visit), (contents, taken) -> Optional.empty());
    } finally {
      visit.pace(); // the place is given back by then
    }
  }

  @Override
  public CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request) {
    SoldOutDoor.Visit visit = door.visit(executor);
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
      place = executor.enter();
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
        return CompletableFuture.completedFuture(repeated(request, e));
      }
      Failure known = visit.known(admitted.stock());
      if (known != null) {
        lookedUp = soldOutLater(request, admitted, known);
        return lookedUp.whenComplete((receipt, refusal) -> place.close());
      }
      OrderSagaData data = admitted.order(numbers.next());
      return executor
          .beginAsync(place, definition, data.orderId(), data)
          .handle((started, fault) -> begun(request, data, started, fault));
    } catch (TechCorpException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      if (lookedUp
          == null) { // else a start without a waiting caller keeps its permit, as one with a caller
        // does
        place.close();
      }
    }
  }

  private CompletableFuture<OrderReceipt> soldOutLater(
      PlaceOrder request, AdmittedOrder admitted, Failure known) {
    return repeats
        .earlierLater(request, admitted.contents())
        .thenApply(earlier -> soldOut(earlier, known));
  }

  /** Blocks only if the order was not simply accepted. */
  private OrderReceipt begun(
      PlaceOrder request,
      OrderSagaData data,
      @Nullable StartedSaga started,
      @Nullable Throwable fault) {
    if (started == null) {
      arrived(data, fault);
      return receipt(data.orderId(), data.orderNumber());
    }
    Settled settled =
        settled(request, data, started.refusal(), (contents, taken) -> Optional.empty());
    return settled.receipt() == null ? again(request, settled.next()) : settled.receipt();
  }

  private OrderReceipt again(PlaceOrder request, OrderSagaData data) {
    try (CommandExecutor.Place place = executor.enter()) {
      return attempts(
          request,
          data.numbered(numbers.next()),
          next -> begin(place, next),
          (contents, taken) -> Optional.empty());
    }
  }

  @Override
  public OrderReceipt placeWithin(UnitOfWork transaction, PlaceOrder request) {
    return place(
        request,
        data -> joined.place(transaction, data),
        (contents, taken) -> repeats.uncommitted(request, contents, taken));
  }

  private OrderReceipt place(PlaceOrder request, Start start, Unseen unseen) {
    check(request);
    AdmittedOrder admitted;
    try {
      admitted = admission.admit(request);
    } catch (InvalidOrderException e) {
      return repeated(request, e);
    }
    Failure known = start.known(admitted);
    return known == null
        ? attempts(request, admitted.order(numbers.next()), start, unseen)
        : soldOut(request, admitted.contents(), known);
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
      Settled settled = settled(request, data, start.start(data), unseen);
      if (settled.receipt() != null) {
        return settled.receipt();
      }
      data = settled.next().numbered(numbers.next());
    }
    throw new UnavailableException("the idempotency key changes hands too fast: try again");
  }

  /** The receipt of this order or of the one before it; without one, what to try next. */
  private record Settled(@Nullable OrderReceipt receipt, OrderSagaData next) {}

  private Settled settled(
      PlaceOrder request, OrderSagaData data, @Nullable Failure refusal, Unseen unseen) {
    if (refusal == null) {
      return new Settled(receipt(data.orderId(), data.orderNumber()), data);
    }
    if (refusal.code().equals(KeyEffect.KEY_TAKEN)) {
      return unseen
          .order(data.contents(), refusal)
          .map(own -> new Settled(receipt(own.orderId(), own.orderNumber()), data))
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
      return new Settled(laterReceipt(earlier.order()), data);
    }
    return new Settled(null, data.following(earlier == null ? null : earlier.order().id()));
  }

  /** A repeat must get its order although it could not be placed now: the cart may be gone. */
  private OrderReceipt repeated(PlaceOrder request, InvalidOrderException invalid) {
    return repeated(request, admission.contents(request)).orElseThrow(() -> invalid);
  }

  private Optional<OrderReceipt> repeated(PlaceOrder request, @Nullable CartContents contents) {
    return repeats
        .earlier(request, contents)
        .filter(Earlier::repeated)
        .map(earlier -> laterReceipt(earlier.order()));
  }

  /** A repeat gets its order, also when there is nothing left. */
  private OrderReceipt soldOut(PlaceOrder request, CartContents contents, Failure shortfall) {
    return soldOut(repeats.earlier(request, contents), shortfall);
  }

  private OrderReceipt soldOut(Optional<Earlier> earlier, Failure shortfall) {
    return earlier
        .filter(Earlier::repeated)
        .map(known -> laterReceipt(known.order()))
        .orElseThrow(
            () ->
                new SoldOutException(
                    UUID.fromString(String.valueOf(shortfall.details().get("detail"))),
                    Long.parseLong(shortfall.details().getOrDefault(StockEffect.AVAILABLE, "0"))));
  }

  private @Nullable Failure begin(CommandExecutor.Place place, OrderSagaData data) {
    try {
      return executor.begin(place, definition, data.orderId(), data).refusal();
    } catch (UnavailableException e) {
      arrived(data, e);
      return null;
    }
  }

  /** Throws the fault, unless only the answer of a commit was lost that had arrived. */
  private void arrived(OrderSagaData data, @Nullable Throwable fault) {
    if (!(fault instanceof TechCorpException known)) {
      throw new UnavailableException("the order's fate is not known: " + fault, fault);
    }
    if (!mayBeWritten(known) || orders.find(data.orderId()).isEmpty()) {
      throw known;
    }
  }

  private static boolean mayBeWritten(TechCorpException fault) {
    return fault instanceof UnavailableException
        && !(fault instanceof FencedException)
        && !(fault instanceof NotWrittenException);
  }

  /**
   * Returns the receipt of an order that begins; nothing can have ended yet, so nothing is looked
   * up.
   */
  private OrderReceipt receipt(UUID orderId, String orderNumber) {
    return new OrderReceipt(orderId, orderNumber, () -> ending(orderId));
  }

  private OrderReceipt laterReceipt(Order order) {
    return new OrderReceipt(order.id(), order.orderNumber(), () -> outcome(order.id()));
  }

  /**
   * Returns the outcome by the order's row, because a confirmed order may have been cancelled since
   * its saga ended.
   */
  @Override
  public CompletableFuture<OrderOutcome> outcome(UUID orderId) {
    Map<UUID, SagaOutcome> found =
        DocumentedOrders.documented(() -> orders.outcomes(List.of(orderId)));
    SagaOutcome ended = found.get(orderId);
    return ended == null
        ? ending(orderId)
        : CompletableFuture.completedFuture(outcome(orderId, ended));
  }

  private CompletableFuture<OrderOutcome> ending(UUID orderId) {
    return engine.outcome(definition, orderId).thenApply(ended -> outcome(orderId, ended));
  }

  private static OrderOutcome outcome(UUID orderId, SagaOutcome ended) {
    Failure failure = ended.failure();
    return failure == null
        ? new OrderOutcome.Confirmed(orderId)
        : new OrderOutcome.Cancelled(orderId, CancelReason.of(failure));
  }

  @Override
  public Optional<Order> find(UUID caller, UUID orderId) {
    return orders.find(orderId).filter(order -> order.userId().equals(caller));
  }

  @Override
  public List<Order> list(UUID caller, int limit) {
    if (limit < 1 || limit > 1_000) {
      throw new InvalidInputException("limit", "must be 1 to 1,000, was " + limit);
    }
    return orders.ofCustomer(caller, limit);
  }

  @Override
  public OrderReceipt cancel(UUID caller, UUID orderId, String reason) {
    Order order = find(caller, orderId).orElseThrow(() -> notFound(orderId));
    commands.cancel(order, reason);
    return laterReceipt(order);
  }

  @Override
  public Order ship(UUID orderId) {
    commands.ship(required(orderId));
    return required(orderId);
  }

  @Override
  public Order deliver(UUID orderId) {
    commands.deliver(required(orderId));
    return required(orderId);
  }

  @Override
  public OrderHistory history(UUID orderId) {
    List<OrderEvent> events = orders.events(orderId);
    if (events.isEmpty()) {
      throw notFound(orderId);
    }
    return new OrderHistory(orderId, events);
  }

  private Order required(UUID orderId) {
    return orders.find(orderId).orElseThrow(() -> notFound(orderId));
  }

  private static NotFoundException notFound(UUID orderId) {
    return new NotFoundException("no order " + orderId + " of this caller");
  }
}
