package com.techcorp.contracts;

import java.io.IOException;
import java.util.ServiceConfigurationError;

/** What code of a host may throw. */
enum Thrown {
  /** An ordinary defect. */
  EXCEPTION,
  /** Declared by nobody, thrown all the same (by Kotlin, Lombok, or reflection). */
  CHECKED,
  /** A class is missing after a deploy. */
  NO_CLASS,
  /** A service provider's file is broken. */
  SERVICE,
  /** The step recursed too deeply. */
  STACK,
  /** The heap is full. */
  MEMORY,
  /** The virtual machine is ill. */
  INTERNAL;

  Throwable fault() {
    return switch (this) {
      case EXCEPTION -> new IllegalStateException("simulated");
      case CHECKED -> new IOException("simulated");
      case NO_CLASS -> new NoClassDefFoundError("com/host/Points");
      case SERVICE -> new ServiceConfigurationError("simulated");
      case STACK -> new StackOverflowError();
      case MEMORY -> new OutOfMemoryError("simulated");
      case INTERNAL -> new InternalError("simulated");
    };
  }

  /** Throws it, though no signature declares it, as code in other languages does. */
  void raise() {
    Thrown.<RuntimeException>undeclared(fault());
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void undeclared(Throwable fault) throws X {
    throw (X) fault;
  }
}
