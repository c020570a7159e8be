package com.techcorp.storage;

import com.techcorp.error.Failure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The decision of a rule about a request: accepted, with the state that follows, or refused.
 * Immutable if the state is.
 *
 * @param <S> the state
 */
public sealed interface Decision<S> {
  /**
   * The request is accepted.
   *
   * @param after the state once it is written
   * @param <S> the state
   */
  record Accepted<S>(S after) implements Decision<S> {}

  /**
   * The request is refused; the state stays as it is.
   *
   * @param failure why
   * @param <S> the state
   */
  record Refused<S>(Failure failure) implements Decision<S> {}

  /**
   * Accepts, with the state afterwards.
   *
   * @param after the state once the request is written
   * @param <S> the state
   * @return the decision
   */
  static <S> Decision<S> accept(S after) {
    return new Accepted<>(after);
  }

  /**
   * Refuses with a code and a message, without details.
   *
   * @param code a stable word for programs
   * @param message a sentence for people
   * @param <S> the state
   * @return the decision
   */
  static <S> Decision<S> refuse(String code, String message) {
    return new Refused<>(Failure.of(code, message));
  }

  /**
   * Hands over the state that follows, if the request is accepted.
   *
   * @param store takes it
   * @return why the request is refused; null: it is accepted
   */
  default @Nullable Failure ifAccepted(Consumer<? super S> store) {
    if (this instanceof Refused<S> refused) {
      return refused.failure();
    }
    store.accept(((Accepted<S>) this).after());
    return null;
  }
}
