package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.spi.SearchCache.Lease;
import com.techcorp.search.spi.SearchCache.LookUp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One caller asks the engine for a page; who was too slow changes nothing. */
public abstract class SearchCacheLeasesContract extends SearchCacheScenario {
  private static final int CALLERS = 100;
  private static final int THREADS = 16;

  /** For subclasses. */
  protected SearchCacheLeasesContract() {}

  @Test
  void oneOfManyCallersIsGivenALease() throws InterruptedException, ExecutionException {
    List<LookUp> found = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<LookUp>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        asked.add(callers.submit(() -> lookUp(shirts)));
      }
      for (Future<LookUp> answer : asked) {
        found.add(answer.get());
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(found).filteredOn(LookUp.Miss.class::isInstance).hasSize(1);
    assertThat(found).filteredOn(new LookUp.Taken(0)::equals).hasSize(CALLERS - 1);
  }

  @Test
  void aLeaseThatIsGivenBackIsFree() {
    Lease first = miss(shirts);
    assertThat(lookUp(shirts)).isEqualTo(new LookUp.Taken(0));

    cache().release(shirts, first);

    assertThat(miss(shirts)).isNotEqualTo(first);
    assertThat(cache().store(shirts, first, page("Shirt"), KEPT)).isFalse();
  }

  @Test
  void aDeadHolderHoldsUpOthersForTheTimeOfItsLease() {
    Lease dead = miss(shirts, SHORT);

    adapter().passing().accept(BEYOND_SHORT);

    assertThat(miss(shirts)).isNotEqualTo(dead);
  }

  @Test
  void aDeadHolderHoldsUpNobodyForLongerIfThereIsAnOldPage() {
    put(shirts, page("Shirt"), KEPT);
    cache().moveTo(INDEX, 1);
    Lease dead = miss(shirts, SHORT);

    adapter().passing().accept(BEYOND_SHORT);

    assertThat(cache().store(shirts, dead, page("Late"), KEPT)).isFalse();
    assertThat(miss(shirts)).isNotEqualTo(dead);
    assertThat(cache().lastPage(shirts)).contains(page("Shirt"));
  }

  /** T39. */
  @Test
  void aPageUnderALostLeaseIsNotStored() {
    Lease slow = miss(shirts, SHORT);
    adapter().passing().accept(BEYOND_SHORT);
    assertThat(cache().store(shirts, slow, page("Old"), KEPT)).isFalse();
    Lease other = miss(shirts);

    assertThat(cache().store(shirts, slow, page("Old"), KEPT)).isFalse();
    assertThat(cache().store(shirts, other, page("New"), KEPT)).isTrue();
    assertThat(cache().store(shirts, slow, page("Old"), KEPT)).isFalse();
    assertThat(cache().store(shirts, other, page("Old"), KEPT)).isFalse();

    assertThat(lookUp(shirts)).isEqualTo(hit(page("New")));
    assertThat(cache().lastPage(shirts)).contains(page("New"));
  }

  /** T39. */
  @Test
  void aPageOfAnEarlierGenerationIsNotStored() {
    Lease slow = miss(shirts);
    cache().moveTo(INDEX, 1);

    assertThat(cache().store(shirts, slow, page("Old"), KEPT)).isFalse();

    assertThat(cache().lastPage(shirts)).isEmpty();
    put(shirts, page("New"), KEPT);
    assertThat(cache().store(shirts, slow, page("Old"), KEPT)).isFalse();
    assertThat(lookUp(shirts)).isEqualTo(hit(page("New")));
  }

  @Test
  void aLeaseOfAnEarlierGenerationHoldsUpNobody() {
    Lease before = miss(shirts);
    cache().moveTo(INDEX, 1);

    Lease now = miss(shirts);

    assertThat(now.generation()).isEqualTo(1);
    assertThat(lookUp(shirts)).isEqualTo(new LookUp.Taken(1));
    cache().release(shirts, before);
    assertThat(lookUp(shirts)).isEqualTo(new LookUp.Taken(1));
    assertThat(cache().store(shirts, now, page("Shirt"), KEPT)).isTrue();
  }

  @Test
  void aLostLeaseIsNotGivenBack() {
    Lease lost = miss(shirts, SHORT);
    adapter().passing().accept(BEYOND_SHORT);
    miss(shirts);

    cache().release(shirts, lost);

    assertThat(lookUp(shirts)).isEqualTo(new LookUp.Taken(0));
  }
}
