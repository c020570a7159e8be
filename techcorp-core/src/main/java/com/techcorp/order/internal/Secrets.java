package com.techcorp.order.internal;

import com.techcorp.payment.CardToken;
import com.techcorp.saga.StepResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a card token out of what a gateway's exception or reason says: both are stored with the
 * saga and shown to operators.
 */
final class Secrets {
  private Secrets() {}

  static <D> StepResult<D> kept(@Nullable CardToken token, Callable<StepResult<D>> call)
      throws Exception {
    if (token == null || token.value().isEmpty()) {
      return call.call();
    }
    StepResult<D> result;
    try {
      result = call.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return StepResult.unknown(clean(e.getClass().getName() + ": " + e.getMessage(), token));
    }
    if (result instanceof StepResult.Unknown<D> unknown) {
      return new StepResult.Unknown<>(clean(unknown.reason(), token), unknown.effects());
    }
    if (result instanceof StepResult.Retry<D> retry) {
      return new StepResult.Retry<>(clean(retry.reason(), token), retry.effects());
    }
    return result;
  }

  /** A text of the provider's, without the token. */
  static String clean(String text, @Nullable CardToken token) {
    return token == null || token.value().isEmpty()
        ? text
        : text.replace(token.value(), token.toString());
  }
}
