package com.techcorp.saga.internal;

/** The purposes of a step's calls. */
enum CallPurpose {
  /** The step's forward call. */
  FORWARD(""),
  /** Looks at what became of a forward call. */
  INQUIRY(""),
  /** Verifies what an operator did by hand. */
  BY_HAND(""),
  /** Goes back. */
  UNDO(":undo");

  private final String keySuffix;

  CallPurpose(String keySuffix) {
    this.keySuffix = keySuffix;
  }

  /** Returns the end of the idempotency key of such a call. */
  String keySuffix() {
    return keySuffix;
  }
}
