package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.storage.CommitResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the first request for an order's stock promises. */
public abstract class RequestContract extends StorageContract {
  private final UUID order = newId();

  /** For subclasses. */
  protected RequestContract() {}

  @Test
  void refusesWhoComesSecondAndNamesTheFirst() {
    // given
    UUID product = stocked(5);
    write(new HoldRequestEffect(order, Kind.CANCEL));

    // when
    CommitResult second =
        commit(new HoldRequestEffect(order, Kind.RESERVE), hold(order, product, 1));

    // then
    Failure failure = assertRefused(second, 0, HoldRequestEffect.TAKEN);
    assertThat(failure.details()).containsEntry("detail", "CANCEL");
    assertStock(product, 5, 0);
  }

  @Test
  void forgetsARequestWhoseWorkWasRefused() {
    // given
    UUID product = stocked(1);

    // when
    commit(new HoldRequestEffect(order, Kind.RESERVE), hold(order, product, 2));

    // then
    write(new HoldRequestEffect(order, Kind.CANCEL));
  }

  @Test
  void decidesWithinABatchByArrival() {
    UUID other = newId();

    List<CommitResult> results =
        commitAll(
            writeSet(new HoldRequestEffect(other, Kind.RESERVE)),
            writeSet(new HoldRequestEffect(order, Kind.CANCEL)),
            writeSet(new HoldRequestEffect(order, Kind.RESERVE)),
            writeSet(new HoldRequestEffect(other, Kind.CANCEL)));

    assertCommitted(results.get(0));
    assertCommitted(results.get(1));
    assertRefused(results.get(2), 0, HoldRequestEffect.TAKEN);
    assertRefused(results.get(3), 0, HoldRequestEffect.TAKEN);
  }

  @Test
  void ofManyAtOnceOneIsFirst() throws Exception {
    List<CommitResult> results =
        Threads.together(
            6,
            thread ->
                () ->
                    commit(
                        new HoldRequestEffect(
                            order, thread % 2 == 0 ? Kind.RESERVE : Kind.CANCEL)));

    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }
}
