package com.techcorp.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpectedOrdersTest {
  private static final UUID ORDER = new UUID(0, 1);
  private static final UUID ANOTHER = new UUID(0, 2);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // as nanoTime may be
  private final AtomicInteger nudges = new AtomicInteger();
  private final ExpectedOrders expected = new ExpectedOrders(nudges::incrementAndGet, now::get);

  @Test
  void passesStepOverWhatIsExpectedOnly() {
    // given
    expected.add(List.of(ORDER));

    // then
    assertThat(expected.stepOver(ORDER)).isTrue();
    assertThat(expected.stepOver(ANOTHER)).isFalse();

    // when
    expected.remove(List.of(ORDER));

    // then
    assertThat(expected.stepOver(ORDER)).isFalse();
  }

  @Test
  void theOutboxIsReadAgainOnlyIfSomethingWasSteppedOver() {
    // given
    expected.add(List.of(ORDER, ANOTHER));

    // when
    expected.remove(List.of(ANOTHER));

    // then
    assertThat(nudges).hasValue(0);

    // when
    expected.stepOver(ORDER);
    expected.remove(List.of(ORDER));

    // then
    assertThat(nudges).hasValue(1);
  }

  @Test
  void aCommitThatDoesNotComeBackKeepsItsOrdersForAWhileOnly() {
    // given
    expected.add(List.of(ORDER));

    // when
    now.addAndGet(RelayWatch.PATIENCE.toNanos());

    // then
    assertThat(expected.stepOver(ORDER)).isTrue();

    // when
    now.incrementAndGet();

    // then
    assertThat(expected.stepOver(ORDER)).isFalse();
  }
}
