package com.techcorp.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpectedOrdersTest {
  private static final UUID ORDER = new UUID(0, 1);
  private static final UUID ANOTHER = new UUID(0, 2);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // as nanoTime may be
  private final Map<UUID, Integer> steppedOver = new HashMap<>();
  private final ExpectedOrders expected = new ExpectedOrders(now::get);

  @Test
  void passesStepOverWhatIsExpectedOnly() {
    // given
    expected.add(List.of(ORDER));

    // then
    assertThat(expected.stepOver(ORDER, 2)).isTrue();
    assertThat(expected.stepOver(ANOTHER, 1)).isFalse();

    // when
    expected.remove(List.of(ORDER), steppedOver::put);

    // then
    assertThat(expected.stepOver(ORDER, 2)).isFalse();
  }

  @Test
  void whatWasSteppedOverIsToldWhenItsCommitHasReturned() {
    // given
    expected.add(List.of(ORDER, ANOTHER));

    // when
    expected.remove(List.of(ANOTHER), steppedOver::put);

    // then
    assertThat(steppedOver).isEmpty();

    // when
    expected.stepOver(ORDER, 2);
    expected.remove(List.of(ORDER), steppedOver::put);

    // then
    assertThat(steppedOver).containsExactly(Map.entry(ORDER, 2));
  }

  @Test
  void aCommitThatDoesNotComeBackKeepsItsOrdersForAWhileOnly() {
    // given
    expected.add(List.of(ORDER));

    // when
    now.addAndGet(RelayWatch.PATIENCE.toNanos());

    // then
    assertThat(expected.stepOver(ORDER, 2)).isTrue();

    // when
    now.incrementAndGet();

    // then
    assertThat(expected.stepOver(ORDER, 2)).isFalse();
  }
}
