package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.FencedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StartedSaga;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Starts the sagas of orders on the engine, and looks whether an order arrived if its commit's
 * answer was lost.
 *
 * @param executor begins sagas
 * @param definition the saga of orders
 * @param orders shows whether an order arrived
 */
record OrderStarts(
    CommandExecutor executor, SagaDefinition<OrderSagaData> definition, OrderStore orders) {
  /** Starts an order without waiting until it is durable. */
  CompletableFuture<StartedSaga> beginAsync(CommandExecutor.Place place, OrderSagaData data) {
    return executor.beginAsync(place, definition, data.orderId(), data);
  }

  /** Starts an order: null if it is durable, else why it was refused. */
  @Nullable Failure begin(CommandExecutor.Place place, OrderSagaData data) {
    try {
      return executor.begin(place, definition, data.orderId(), data).refusal();
    } catch (UnavailableException e) {
      requireArrived(data, e);
      return null;
    }
  }

  /** Throws the fault, unless only the answer of a commit was lost that had arrived. */
  void requireArrived(OrderSagaData data, @Nullable Throwable fault) {
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
}
