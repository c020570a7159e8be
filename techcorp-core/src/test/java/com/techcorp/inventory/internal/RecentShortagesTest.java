package com.techcorp.inventory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is known for how long, and who asks again. */
class RecentShortagesTest {
  private static final UUID PRODUCT = new UUID(0, 1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final RecentShortages known = new RecentShortages(nanos::get);

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(known.atMost(PRODUCT)).isEmpty();
    assertThat(known.mayAsk(PRODUCT)).isTrue();
  }

  @Test
  void aRefusalIsKnownForASecondAtTheMost() {
    known.refused(PRODUCT, 3);

    pass(999);
    assertThat(known.atMost(PRODUCT)).hasValue(3);
    pass(1);
    assertThat(known.atMost(PRODUCT)).isEmpty();
    assertThat(known.mayAsk(PRODUCT)).isTrue();
  }

  @Test
  void oneAsksAgainBeforeThat() {
    known.refused(PRODUCT, 0);
    pass(499);
    assertThat(known.mayAsk(PRODUCT)).isFalse();

    pass(1);
    assertThat(known.mayAsk(PRODUCT)).isTrue();
    assertThat(known.mayAsk(PRODUCT)).as("a second one").isFalse();
    assertThat(known.atMost(PRODUCT)).hasValue(0);
  }

  @Test
  void whoAskedWithoutAnAnswerDoesNotProlongIt() {
    known.refused(PRODUCT, 0);
    pass(500);
    known.mayAsk(PRODUCT);

    pass(500);

    assertThat(known.atMost(PRODUCT)).isEmpty();
  }

  @Test
  void aRefusalRenewsIt() {
    known.refused(PRODUCT, 5);
    pass(600);
    known.mayAsk(PRODUCT);
    known.refused(PRODUCT, 2);

    pass(900);

    assertThat(known.atMost(PRODUCT)).hasValue(2);
    assertThat(known.mayAsk(PRODUCT)).isTrue();
  }

  @Test
  void whatCameBackIsForgotten() {
    known.refused(PRODUCT, 0);

    known.forget(PRODUCT);

    assertThat(known.atMost(PRODUCT)).isEmpty();
  }

  @Test
  void itsSizeHasABound() {
    for (int i = 0; i < 20_000; i++) {
      known.refused(new UUID(1, i), 0);
    }
    assertThat(known.atMost(new UUID(1, 19_999))).as("not remembered").isEmpty();

    pass(1_000);
    known.refused(PRODUCT, 0);

    assertThat(known.atMost(PRODUCT)).as("the old ones made room").hasValue(0);
  }
}
