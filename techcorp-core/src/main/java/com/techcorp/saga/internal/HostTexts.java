package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.TokenRedaction;
import com.techcorp.saga.StepResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts that a step's code gives, made fit to be stored and logged. Pure. */
final class HostTexts {
  private HostTexts() {}

  /** Removes the secrets in a saga's data; everything, if they cannot be known. */
  static <D> TokenRedaction redaction(LiveSaga<D> saga) {
    try {
      return TokenRedaction.of(saga.definition().secrets(saga.data()));
    } catch (Throwable e) {
      return TokenRedaction.HIDDEN;
    }
  }

  /** The same result; a call that gave none has an unknown outcome. */
  static <D> StepResult<D> clean(LiveSaga<D> saga, @Nullable StepResult<D> result) {
    if (result == null) {
      return StepResult.unknown("the call gave null instead of a result");
    }
    if (result instanceof StepResult.Retry<D> retry) {
      return new StepResult.Retry<>(redaction(saga).text(retry.reason()), retry.effects());
    }
    if (result instanceof StepResult.Unknown<D> unknown) {
      return new StepResult.Unknown<>(redaction(saga).text(unknown.reason()), unknown.effects());
    }
    if (result instanceof StepResult.Parked<D> parked) {
      return new StepResult.Parked<>(redaction(saga).text(parked.reason()), parked.effects());
    }
    if (result instanceof StepResult.Rejected<D> rejected) {
      Failure failure = clean(redaction(saga), rejected.failure());
      return new StepResult.Rejected<>(failure, rejected.effects());
    }
    return result;
  }

  private static Failure clean(TokenRedaction redaction, Failure failure) {
    Map<String, String> details = new HashMap<>();
    failure
        .details()
        .forEach((name, value) -> details.put(redaction.text(name), redaction.text(value)));
    return new Failure(redaction.text(failure.code()), redaction.text(failure.message()), details);
  }
}
