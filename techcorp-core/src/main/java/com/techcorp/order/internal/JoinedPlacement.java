package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places an order inside a host's transaction: the order, its key, and an unowned saga that is due
 * once the host has committed. It takes no stock row and no fence, so it cannot hold up the engine.
 */
final class JoinedPlacement {
  private final SagaDefinition<OrderSagaData> definition;

  JoinedPlacement(SagaDefinition<OrderSagaData> definition) {
    this.definition = definition;
  }

  SagaDefinition<OrderSagaData> definition() {
    return definition;
  }

  @Nullable Failure place(UnitOfWork transaction, OrderSagaData data) {
    List<Effect> effects = new ArrayList<>(data.claim());
    effects.add(OrderEvents.created(data));
    Step<OrderSagaData> afterCreate = definition.steps().get(1);
    effects.add(SagaEffect.Create.due(definition, afterCreate, data.orderId(), data));
    WriteSet writeSet = new WriteSet(data.orderId(), effects);
    CommitResult result = transaction.commit(null, List.of(writeSet)).get(0);
    return result instanceof CommitResult.Refused refused ? refused.failure() : null;
  }
}
