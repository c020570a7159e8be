package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;

/** Reads from a failure why the broker closed a channel, such as {@link AMQP#NOT_FOUND}. */
final class BrokerRefusals {
  private BrokerRefusals() {}

  /** Returns the code with which the broker closed the channel; 0 if it did not. */
  static int code(@Nullable Throwable failure) {
    if (failure instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close) {
      return close.getReplyCode();
    }
    return failure == null ? 0 : code(failure.getCause());
  }
}
