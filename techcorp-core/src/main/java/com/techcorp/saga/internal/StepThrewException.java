package com.techcorp.saga.internal;

import com.techcorp.saga.Step;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A step's own code failed by any Throwable: names the step on the way to where it is handled. */
final class StepThrewException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String step;

  private StepThrewException(String step, Throwable cause) {
    super("step " + step + " failed", cause, false, false);
    this.step = step;
  }

  String step() {
    return step;
  }

  /** Returns the result of the step's code. */
  static <T> T unlessFine(Step<?> step, Supplier<T> code) {
    try {
      return code.get();
    } catch (Throwable e) {
      throw new StepThrewException(step.name(), e);
    }
  }

  /** Returns the result of the step's code, which may be null. */
  static <T> @Nullable T unlessFineOrNull(Step<?> step, Supplier<@Nullable T> code) {
    try {
      return code.get();
    } catch (Throwable e) {
      throw new StepThrewException(step.name(), e);
    }
  }

  /** Returns the exception of the step, or the fault itself. */
  static Throwable cause(Throwable fault) {
    Throwable cause = fault instanceof StepThrewException ? fault.getCause() : null;
    return cause == null ? fault : cause;
  }
}
