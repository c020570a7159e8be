package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.RequestEffect;
import com.techcorp.inventory.RequestEffect.Kind;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Verdict;
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
    write(new RequestEffect(order, Kind.CANCEL));

    // when
    Verdict second = commit(new RequestEffect(order, Kind.RESERVE), hold(order, product, 1));

    // then
    Failure failure = assertRefused(second, 0, RequestEffect.TAKEN);
    assertThat(failure.details()).containsEntry("detail", "CANCEL");
    assertStock(product, 5, 0);
  }

  @Test
  void forgetsARequestWhoseWorkWasRefused() {
    // given
    UUID product = stocked(1);

    // when
    commit(new RequestEffect(order, Kind.RESERVE), hold(order, product, 2));

    // then
    write(new RequestEffect(order, Kind.CANCEL));
  }

  @Test
  void decidesWithinABatchByArrival() {
    UUID other = newId();

    List<Verdict> verdicts =
        commitAll(
            work(new RequestEffect(other, Kind.RESERVE)),
            work(new RequestEffect(order, Kind.CANCEL)),
            work(new RequestEffect(order, Kind.RESERVE)),
            work(new RequestEffect(other, Kind.CANCEL)));

    assertCommitted(verdicts.get(0));
    assertCommitted(verdicts.get(1));
    assertRefused(verdicts.get(2), 0, RequestEffect.TAKEN);
    assertRefused(verdicts.get(3), 0, RequestEffect.TAKEN);
  }

  @Test
  void ofManyAtOnceOneIsFirst() throws Exception {
    List<Verdict> verdicts =
        Threads.together(
            6,
            thread ->
                () ->
                    commit(new RequestEffect(order, thread % 2 == 0 ? Kind.RESERVE : Kind.CANCEL)));

    assertThat(verdicts).filteredOn(Verdict.Committed.class::isInstance).hasSize(1);
  }
}
