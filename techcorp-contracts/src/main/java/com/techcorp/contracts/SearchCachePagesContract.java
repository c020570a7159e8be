package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache.Lease;
import com.techcorp.search.spi.SearchCache.LookUp;
import com.techcorp.search.spi.SearchCache.PageKey;
import com.techcorp.search.spi.SearchCache.Times;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A page is current for its time and its generation, and is the last one for longer. */
public abstract class SearchCachePagesContract extends SearchCacheScenario {
  /** For subclasses. */
  protected SearchCachePagesContract() {}

  @Test
  void keepsAPageAsItWas() {
    put(shirts, page("Shirt"), KEPT);
    put(key("b"), emptyPage(), KEPT);

    assertThat(lookUp(shirts)).isEqualTo(hit(page("Shirt")));
    assertThat(lookUp(key("b"))).isEqualTo(hit(emptyPage()));
  }

  @Test
  void tellsQueriesAndIndexesApart() {
    put(shirts, page("Shirt"), KEPT);

    miss(key("b"));
    miss(new PageKey("other", shirts.query()));
    assertThat(cache().lastPage(key("b"))).isEmpty();
    assertThat(cache().lastPage(new PageKey("other", shirts.query()))).isEmpty();
  }

  @Test
  void endsTheTimeOfAPageThatStaysTheLastOne() {
    put(shirts, page("Shirt"), new Times(SHORT, LONG, Duration.ZERO));

    adapter().passing().accept(BEYOND_SHORT);

    miss(shirts);
    assertThat(cache().lastPage(shirts)).contains(page("Shirt"));
  }

  @Test
  void forgetsAPageThatIsTooOldForAnything() {
    put(shirts, page("Shirt"), new Times(SHORT, SHORT, Duration.ZERO));

    adapter().passing().accept(BEYOND_SHORT);

    miss(shirts);
    assertThat(cache().lastPage(shirts)).isEmpty();
  }

  @Test
  void aLaterGenerationEndsTheTimeOfPages() {
    put(shirts, page("Shirt"), KEPT);

    cache().moveTo(INDEX, 1);

    miss(shirts);
    assertThat(cache().lastPage(shirts)).contains(page("Shirt"));
  }

  @Test
  void noGenerationComesBack() {
    cache().moveTo(INDEX, 3);
    put(shirts, page("Shirt"), KEPT);

    cache().moveTo(INDEX, 3);
    cache().moveTo(INDEX, 2);
    assertThat(lookUp(shirts)).isEqualTo(hit(page("Shirt")));

    cache().moveTo(INDEX, 4);
    miss(shirts);
  }

  @Test
  void eachIndexHasGenerationsOfItsOwn() {
    put(shirts, page("Shirt"), KEPT);

    cache().moveTo("other", 1);

    assertThat(lookUp(shirts)).isEqualTo(hit(page("Shirt")));
  }

  @Test
  void theLastPageIsTheLastOneThatWasStored() {
    put(shirts, page("Shirt"), KEPT);
    cache().moveTo(INDEX, 1);
    put(shirts, page("Blouse"), KEPT);
    cache().moveTo(INDEX, 7);

    assertThat(cache().lastPage(shirts)).contains(page("Blouse"));
  }

  @Test
  void oneCallerRefreshesAPageBeforeItsTimeIsOver() {
    // given: a page whose query took a tenth of its time
    SearchPage before = page("Shirt");
    put(shirts, before, new Times(LONG, LONG, LONG.dividedBy(10)));
    assertThat(cache().lookUp(shirts, LONG, 9)).isEqualTo(hit(before));

    // when: it is due
    LookUp due = cache().lookUp(shirts, LONG, 11);

    // then: one caller gets the lease with the page, the others go on with the page
    Lease lease = Objects.requireNonNull(((LookUp.Hit) due).refresh());
    assertThat(((LookUp.Hit) due).page()).isEqualTo(before);
    assertThat(cache().lookUp(shirts, LONG, 11)).isEqualTo(hit(before));
    assertThat(cache().store(shirts, lease, page("Blouse"), KEPT)).isTrue();
    assertThat(lookUp(shirts)).isEqualTo(hit(page("Blouse")));
  }

  @Test
  void aRefreshThatIsGivenUpLeavesThePage() {
    put(shirts, page("Shirt"), new Times(LONG, LONG, LONG));
    LookUp.Hit due = (LookUp.Hit) cache().lookUp(shirts, LONG, 2);
    Lease lease = Objects.requireNonNull(due.refresh());

    cache().release(shirts, lease);

    assertThat(lookUp(shirts)).isEqualTo(hit(page("Shirt")));
  }
}
