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

  /** What the step's code gives. */
  static <T> T unlessFine(Step<?> step, Supplier<T> code) {
    try {
      return code.get();
    } catch (Throwable e) {
      throw new StepThrewException(step.name(), e);
    }
  }

  /** What the step's code gives, which may be null. */
  static <T> @Nullable T unlessFineOrNull(Step<?> step, Supplier<@Nullable T> code) {
    try {
      return code.get();
    } catch (Throwable e) {
      throw new StepThrewException(step.name(), e);
    }
  }

  /** What was thrown by the step, or the fault itself. */
  static Throwable cause(Throwable fault) {
    Throwable cause = fault instanceof StepThrewException ? fault.getCause() : null;
    return cause == null ? fault : cause;
  }
}
