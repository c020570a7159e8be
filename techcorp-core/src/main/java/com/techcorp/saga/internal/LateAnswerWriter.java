package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.TechCorpException;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes late answers without a fence, for the owners of their sagas to read.
 *
 * @param storage commits them
 * @param faults hears of errors
 */
record LateAnswerWriter(UnitOfWork storage, FaultBoundary faults) {
  private static final Logger log = LoggerFactory.getLogger(LateAnswerWriter.class);

  /** Writes a batch and returns what is to be tried again. */
  List<LateAnswer> write(List<LateAnswer> batch) {
    if (batch.isEmpty()) {
      return batch;
    }
    try {
      List<CommitResult> results =
          storage.commit(null, batch.stream().map(LateAnswer::writeSet).toList());
      List<LateAnswer> again = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        if (results.get(i) instanceof CommitResult.Busy) {
          again.add(batch.get(i));
        } else {
          refused(batch.get(i), results.get(i));
        }
      }
      return again;
    } catch (UnstorableDataException e) {
      return singles(batch, e);
    } catch (TechCorpException e) {
      log.warn("{} late answers cannot be reported yet: {}", batch.size(), e.getMessage());
      return batch;
    } catch (Throwable e) {
      log.error("{} late answers cannot be reported yet", batch.size(), e);
      faults.caught(e);
      return batch;
    }
  }

  private List<LateAnswer> singles(List<LateAnswer> batch, UnstorableDataException why) {
    if (batch.size() == 1) {
      giveUp(batch, "the storage refuses it: " + why.getMessage());
      return List.of();
    }
    List<LateAnswer> again = new ArrayList<>();
    batch.forEach(late -> again.addAll(write(List.of(late))));
    return again;
  }

  /**
   * Handles a refusal; a write of an earlier attempt whose acknowledgement was lost is refused now,
   * which is fine.
   */
  private void refused(LateAnswer late, CommitResult result) {
    if (result instanceof CommitResult.Refused refused
        && !refused.failure().code().equals(SagaEffect.STALE)) {
      giveUp(List.of(late), "refused: " + refused.failure().message());
    }
  }

  /** Reports in the log alone what could not be written. */
  void giveUp(List<LateAnswer> lost, String why) {
    for (LateAnswer late : lost) {
      log.error(
          "The answer of {} to saga {} could not be reported ({}): compare with the provider",
          late.step(),
          late.saga(),
          why);
    }
  }
}
