package com.techcorp.saga.internal;

import com.techcorp.storage.WriteSet;
import java.util.UUID;

/**
 * An answer that is to be written without a fence.
 *
 * @param saga whose call it answers
 * @param step which of its steps
 * @param writeSet what reports it
 * @param attempts how often that was tried
 */
record LateAnswer(UUID saga, String step, WriteSet writeSet, int attempts) {
  LateAnswer triedAgain() {
    return new LateAnswer(saga, step, writeSet, attempts + 1);
  }
}
