package com.techcorp.contracts;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** One saga in the journal, in short words. */
public abstract class JournalScenario extends StorageContract {
  static final Failure WHY = new Failure("DECLINED", "no", Map.of("detail", "stolen"));
  static final Signal CANCEL = new Signal(Signal.Kind.CANCEL, "changed my mind", "me");
  static final Duration SOON = Duration.ofSeconds(5);

  final SagaFixture sagas = new SagaFixture();
  final UUID id = newId();

  /** For subclasses. */
  protected JournalScenario() {}

  final SagaJournal journal() {
    return storage().journal();
  }

  final Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  final SagaInstance saga() {
    return journal().find(id).orElseThrow();
  }

  final void create(Fence fence, SagaPosition position) {
    assertCommitted(commitAs(fence, sagas.create(id, position)));
  }

  final CommitResult advance(Fence fence, long revision, int signals, SagaPosition position) {
    return commitAs(fence, new SagaEffect.Advance(id, revision, signals, position));
  }
}
