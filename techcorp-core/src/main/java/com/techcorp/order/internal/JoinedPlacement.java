package com.techcorp.order.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.Failure;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places an order inside a host's transaction: the order, its key, and an unowned saga that is due
 * once the host has committed. It takes no stock row and no fence, so it cannot hold up the engine.
 */
final class JoinedPlacement {
  private final SagaDefinition<OrderSagaData> definition;
  private final ObjectMapper json;

  JoinedPlacement(SagaDefinition<OrderSagaData> definition, ObjectMapper json) {
    this.definition = definition;
    this.json = json;
  }

  SagaDefinition<OrderSagaData> definition() {
    return definition;
  }

  @Nullable Failure place(UnitOfWork transaction, OrderSagaData data) {
    List<Effect> effects = new ArrayList<>(data.claim());
    effects.add(OrderEvents.created(data));
    effects.add(
        new SagaEffect.Create(
            data.orderId(),
            definition.name(),
            definition.version(),
            definition.history() == null,
            position(data)));
    WriteSet writeSet = new WriteSet(data.orderId(), effects);
    CommitResult result = transaction.commit(null, List.of(writeSet)).get(0);
    return result instanceof CommitResult.Refused refused ? refused.failure() : null;
  }

  private SagaPosition position(OrderSagaData data) {
    Step<OrderSagaData> next = definition.steps().get(1);
    try {
      return new SagaPosition(
          next.name(),
          SagaState.RUNNING,
          0,
          false,
          Duration.ZERO,
          next instanceof RemoteStep<OrderSagaData> remote ? remote.decisionLimit(data) : null,
          json.writeValueAsString(data),
          null,
          null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an order's saga data is always writable", e);
    }
  }
}
