package com.techcorp.saga.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with sagas that this process claimed. One that this build cannot read is parked as it is,
 * and its neighbours go on. Thread-safe.
 */
final class ClaimedSagas {
  private static final Logger log = LoggerFactory.getLogger(ClaimedSagas.class);
  private static final Duration LOCKED_WAIT = Duration.ofSeconds(1);

  private final Definitions definitions;
  private final JournalEntries entries;
  private final SagaRunner runner;

  ClaimedSagas(Definitions definitions, JournalEntries entries, SagaRunner runner) {
    this.definitions = definitions;
    this.entries = entries;
    this.runner = runner;
  }

  /** A claim: under which lease, and when it was sent. */
  record Claim(Fence fence, long at) {}

  /**
   * Goes on with one.
   *
   * @param onLeave runs once, when this process holds it no longer
   */
  void resume(SagaInstance instance, Claim claim, Runnable onLeave) {
    SagaDefinition<?> definition =
        definitions.find(instance.definition(), instance.version()).orElseThrow();
    try {
      resumeAs(definition, instance, claim, onLeave);
    } catch (UnstorableDataException e) {
      park(instance, new Unreadable(reason(e), e, claim.fence(), onLeave));
    } catch (TechCorpException e) {
      handOver(instance, claim.fence(), e); // it is owned now, so it must become due again
      onLeave.run();
    } catch (Throwable e) {
      // The other sagas of the claim must still be taken up: no other process will.
      String why = "it cannot be taken up: " + TokenRedaction.NONE.reason(e);
      park(instance, new Unreadable(why, e, claim.fence(), onLeave));
    }
  }

  private static String reason(UnstorableDataException e) {
    return e.getMessage() == null ? "unreadable" : e.getMessage();
  }

  private <D> void resumeAs(
      SagaDefinition<D> definition, SagaInstance instance, Claim claim, Runnable onLeave) {
    if (definition.indexOf(instance.position().step()) < 0) {
      throw new UnstorableDataException(
          "this build's definition has no step " + instance.position().step(), null);
    }
    LiveSaga<D> saga = entries.read(definition, instance);
    List<Signal> unread = List.of();
    if (instance.signals() > instance.handled()) {
      List<Signal> all = journal().signals(instance.id());
      unread = all.subList(Math.min(instance.handled(), all.size()), all.size());
    }
    runner.resume(saga, unread, claim.fence(), claim.at(), onLeave);
  }

  /** The reason for parking a saga that no process drives, and the remaining action. */
  private record Unreadable(String error, Throwable why, Fence fence, Runnable onLeave) {}

  /**
   * The row is kept as it is, only its state changes. What was asked of the saga stays unheeded,
   * for a build that can read it.
   */
  private void park(SagaInstance instance, Unreadable problem) {
    String error = problem.error();
    log.error(
        "Saga {} is PARKED: {}", instance.id(), error, TokenRedaction.NONE.safe(problem.why()));
    SagaPosition parked =
        instance.position().parked(Objects.requireNonNull(JournalEntries.printable(error)));
    SagaEffect.Advance entry =
        new SagaEffect.Advance(
            instance.id(), instance.revision(), instance.signals(), instance.handled(), parked);
    runner
        .parts()
        .groupCommit()
        .submit(WriteSet.of(instance.id(), entry))
        .whenComplete(
            (settled, fault) ->
                parked(instance, problem, settled == null ? null : settled.result(), fault));
  }

  private void parked(
      SagaInstance instance,
      Unreadable problem,
      @Nullable CommitResult result,
      @Nullable Throwable fault) {
    if (fault != null) {
      handOver(instance, problem.fence(), fault); // no process drives it
    } else if (result instanceof CommitResult.Refused refused
        && refused.failure().code().equals(SagaEffect.SIGNALLED)) {
      runner.parts().pauses().soon(() -> parkAsItIsNow(instance, problem));
      return;
    } else if (result instanceof CommitResult.Busy) {
      // Another transaction keeps its row locked.
      runner.parts().pauses().after(LOCKED_WAIT, () -> parkAsItIsNow(instance, problem));
      return;
    }
    leave(problem);
  }

  /** A signal came meanwhile; it must find the saga PARKED and not owned by an idle node. */
  private void parkAsItIsNow(SagaInstance claimed, Unreadable problem) {
    try {
      SagaInstance now = journal().find(claimed.id()).orElse(null);
      if (now != null && now.revision() == claimed.revision()) {
        park(now.withPosition(claimed.position()), problem);
        return;
      }
    } catch (Throwable e) {
      handOver(claimed, problem.fence(), e);
      runner.parts().faults().caught(e);
    }
    leave(problem);
  }

  private void handOver(SagaInstance instance, Fence fence, Throwable why) {
    runner.parts().watchdog().letGo(fence, instance.id(), why);
  }

  private void leave(Unreadable problem) {
    problem.onLeave().run();
    runner.parts().faults().caught(problem.why());
  }

  private SagaJournal journal() {
    return runner.parts().journal();
  }
}
